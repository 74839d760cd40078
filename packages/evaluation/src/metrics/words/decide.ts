import { nearestNames } from "./nearest.ts";
import type { ReadMetric } from "./read-metric.ts";
import type { Statement } from "./statements.ts";
import { weights } from "./weight.ts";

/** The name before its average, its weights or its parameter. */
const familyOf = (name: string): string => name.replace(/_(?:macro|micro|weighted|ovo)(?=$|:)|[:@].*$/g, "");

const isMoreExact = (name: string, than: string): boolean =>
  name !== than &&
  ((familyOf(name) === than && !/[:@]/.test(name)) || (than === "cohen_kappa" && name.endsWith("_kappa")));

/** Without names that another one says more exactly: F1 beside macro F1. */
const mostExact = (found: readonly string[]): readonly string[] =>
  found.filter((name) => !found.some((other) => isMoreExact(other, name)));

const namesOf = (statements: readonly Statement[]): readonly string[] => [
  ...new Set(statements.flatMap(({ reading }) => (reading.kind === "name" ? [reading.name] : []))),
];

/** Of the candidates of an unclear name those that the text names elsewhere: "mean average precision" is MAP@7 where it names that one. */
const resolvedBy = (candidates: readonly string[], found: readonly string[]): readonly string[] =>
  found.filter((name) =>
    candidates.some(
      (candidate) => name === candidate || (familyOf(name) === familyOf(candidate) && name !== familyOf(name)),
    ),
  );

export const unknown = (words: string): ReadMetric => ({ kind: "unknown", words, nearest: nearestNames(words) });

/** The metric that the surest statements name: one, or none; where they name several nothing is guessed. */
export const decide = (statements: readonly Statement[]): ReadMetric => {
  const main = statements.filter(({ isMain }) => isMain);
  const best = weights.find((weight) => main.some((one) => one.weight === weight));
  const surest = main.filter(({ weight }) => weight === best);
  const lacking = surest.find(({ reading }) => reading.kind === "unknown");
  if (lacking !== undefined) return unknown(lacking.words);
  const everywhere = namesOf(statements);
  const cleared = surest.flatMap(({ reading }) => {
    if (reading.kind !== "unclear") return [];
    const resolved = resolvedBy(reading.candidates, everywhere);
    return resolved.length === 0 ? reading.candidates : resolved;
  });
  const candidates = mostExact([...new Set([...namesOf(surest), ...cleared])]);
  if (candidates.length > 1) return { kind: "ambiguous", candidates };
  const [name] = candidates;
  if (name === undefined) return { kind: "none" };
  const exact = everywhere.filter((other) => isMoreExact(other, name));
  return { kind: "metric", name: exact.length === 1 ? (exact[0] ?? name) : name };
};
