import type { LineRange } from "../patch/index.ts";

/** What a finding is about. */
export const findingKinds = ["import", "hallucinated-api", "path", "logic", "metric", "other"] as const;

type FindingKind = (typeof findingKinds)[number];

export interface Finding {
  readonly kind: FindingKind;
  /** Of the script that was criticised; empty where none is named. */
  readonly lines: readonly LineRange[];
  readonly text: string;
}

/** `declined`: the critic sees nothing to change. */
export type Critique =
  | { readonly kind: "findings"; readonly findings: readonly Finding[]; readonly text: string }
  | { readonly kind: "declined" }
  | { readonly kind: "empty" };

/** A heading of the section that the prompt asks for last, however it is marked. */
const instructions = /^[\s#*_\d.]*instructions[\s:*_]*$/i;
const numbered = /^\s*(?:\*\*)?\d+\s*[.):]\s*/;
const cited = /\b(?:lines?|l\.?)\s*(\d+)(?:\s*(?:-|–|—|to|and)\s*(?:lines?\s*)?(\d+))?/gi;
const kind = new RegExp(`[[(<*\`]\\s*(${findingKinds.join("|")})\\s*[\\])>*\`]`, "i");

/**
 * Reads a critique: numbered findings with their kinds and the lines they are about, those of its last section `Instructions` where it has one: a review
 * may be numbered too. A text without numbers is one finding.
 * @param text without the model's reasoning.
 */
export const readCritique = (text: string, sentinel: string): Critique => {
  const trimmed = text.trim();
  if (trimmed === "") return { kind: "empty" };
  if (trimmed.toLowerCase().includes(sentinel.toLowerCase())) return { kind: "declined" };
  const lines = trimmed.split("\n");
  const asked = itemsIn(lines.slice(lines.findLastIndex((line) => instructions.test(line)) + 1));
  const items = asked.length === 0 ? itemsIn(lines) : asked;
  return { kind: "findings", findings: (items.length === 0 ? [trimmed] : items).map(findingIn), text: trimmed };
};

const itemsIn = (lines: readonly string[]): readonly string[] => {
  const items: string[][] = [];
  for (const line of lines) {
    if (numbered.test(line)) items.push([line.replace(numbered, "")]);
    else items.at(-1)?.push(line);
  }
  return items.map((item) => item.join("\n").trim()).filter((item) => item !== "");
};

const findingIn = (text: string): Finding => ({
  kind: findingKinds.find((one) => one === kind.exec(text)?.[1]?.toLowerCase()) ?? "other",
  lines: [...text.matchAll(cited)].map(([, from, to]) => rangeOf(Number(from), Number(to ?? from))),
  text,
});

const rangeOf = (one: number, other: number): LineRange => ({
  first: Math.min(one, other),
  last: Math.max(one, other),
});
