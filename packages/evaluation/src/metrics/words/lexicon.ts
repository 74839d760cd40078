import { metricOfLibrary } from "../library.ts";
import { absent } from "./absent.ts";
import { names, unclear, type Names } from "./names.ts";
import { spellingsOf, squashed } from "./spelling.ts";

type Strength = keyof Names;

export type Reading =
  | { readonly kind: "name"; readonly name: string; readonly strength: Strength }
  /** Names more than one metric. */
  | { readonly kind: "unclear"; readonly candidates: readonly string[]; readonly strength: Strength }
  /** A metric that the library lacks. */
  | { readonly kind: "unknown"; readonly strength: Strength };

const readings = new Map<string, Reading>();

const add = (patterns: readonly string[] | undefined, reading: Reading): void => {
  for (const spelling of (patterns ?? []).flatMap(spellingsOf))
    if (!readings.has(spelling)) readings.set(spelling, reading);
};

for (const strength of ["plain", "weak", "capitals", "acronyms"] as const) {
  for (const [name, known] of Object.entries(names)) add(known[strength], { kind: "name", name, strength });
  for (const { candidates, ...known } of unclear) add(known[strength], { kind: "unclear", candidates, strength });
}
for (const strength of ["plain", "weak", "capitals", "acronyms"] as const)
  add(absent[strength], { kind: "unknown", strength });

/** The longest spelling that is known, in letters. */
export const longestSpelling = Math.max(...[...readings.keys()].map(({ length }) => length));

/** What a few words mean, however they are spaced; a number among them becomes the name's parameter, where the metric has it. */
export const readingOf = (text: string): Reading | undefined => {
  const spelling = squashed(text);
  const exact = readings.get(spelling);
  if (exact !== undefined) return exact;
  const numbers = spelling.match(/\d+(?:\.\d+)?/g) ?? [];
  if (numbers.length !== 1) return undefined;
  const found = readings.get(spelling.replace(/\d+(?:\.\d+)?/, "#"));
  if (found?.kind !== "name" || !found.name.includes("#")) return undefined;
  const value = Number(numbers[0]);
  const share = found.name === "pinball:#" && value >= 1 ? value / 100 : value;
  const name = found.name.replace("#", String(share));
  return metricOfLibrary(name) === undefined ? undefined : { ...found, name };
};
