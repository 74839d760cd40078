import type { Random } from "@aide-ts/plugin";
import type { Critique, Finding } from "../reflection/critique.ts";
import type { LineRange } from "../patch/index.ts";

type Findings = Extract<Critique, { readonly kind: "findings" }>;

const review =
  "The script was read from its first line to its last . It has a clear purpose and most of it is in order . Some parts deserve another look , since small " +
  "slips are easy to make and hard to see . What follows names the places that should be gone over with care .";

const advice =
  "go over this part with care , see whether it does what it is meant to do , and put right whatever is not as it should be , so that the whole script runs " +
  "to its end and gives a good result";

/**
 * A critique that says nothing: as many findings, words and cited lines as the real one has, at places drawn at random, and nothing of what that one says.
 * @param code the script that is criticised, whose lines are drawn from.
 */
export const shamOf = ({ findings, text }: Findings, code: string, random: Random): Findings => {
  const total = code.trimEnd().split("\n").length;
  const shams = findings.map((finding) => shamFinding(finding, total, random));
  const list = shams.map((sham, at) => `${at + 1}. ${sham.text}`).join("\n");
  const before = wordsIn(text) - wordsIn(list);
  const opening = before > 1 ? `Review ${filled(review, before - 1)}\n` : "";
  return { kind: "findings", findings: shams, text: `${opening}${list}` };
};

const shamFinding = ({ lines, text }: Finding, total: number, random: Random): Finding => {
  const places = lines.map((range) => moved(range, total, random));
  const label = `[other]${places.length === 0 ? "" : ` ${places.map(shown).join(", ")}:`}`;
  return {
    kind: "other",
    lines: places,
    text: `${label} ${filled(advice, Math.max(1, wordsIn(text) - wordsIn(label)))}`,
  };
};

const moved = ({ first, last }: LineRange, total: number, random: Random): LineRange => {
  const length = Math.min(last - first + 1, total);
  const start = 1 + Math.floor(random() * (total - length + 1));
  return { first: start, last: start + length - 1 };
};

const shown = ({ first, last }: LineRange): string => `lines ${first}-${last}`;

/** The words of a text over and over, `count` of them. */
const filled = (text: string, count: number): string => {
  const words = text.split(" ");
  return Array.from({ length: count }, (_, at) => words[at % words.length] ?? "").join(" ");
};

/** Words, as blanks part them. */
export const wordsIn = (text: string): number => text.split(/\s+/).filter((word) => word !== "").length;
