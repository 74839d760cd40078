import type { Block, ReadBlocks } from "./answer.ts";
import { contentOf, endOf, splitLines } from "./lines.ts";

const opening = /^ {0,3}<{5,9} ?SEARCH\b/;
const divider = /^ {0,3}={5,9}\s*$/;
const closing = /^ {0,3}>{5,9} ?REPLACE\b/;
const brokenOpening = /^ {0,3}<{5,9}/;

/** The search/replace blocks of an answer; whatever stands between them, as prose and fences, says nothing. */
export const readSearchBlocks = (answer: string): ReadBlocks => {
  const lines = splitLines(answer);
  if (!lines.some((line) => opening.test(line))) return { kind: "none" };
  const blocks: Block[] = [];
  let side: "none" | "search" | "replace" = "none";
  let [search, replace]: [string[], string[]] = [[], []];
  for (const line of lines) {
    const refused = misplaced(line, side, blocks.length + 1);
    if (refused !== undefined) return refused;
    if (opening.test(line)) [side, search, replace] = ["search", [], []];
    else if (divider.test(line) && side === "search") side = "replace";
    else if (closing.test(line)) {
      blocks.push({ ...withoutFences(search, replace), context: { before: 0, after: 0 }, end: endOf(line) });
      side = "none";
    } else if (side === "search") search.push(contentOf(line));
    else if (side === "replace") replace.push(contentOf(line));
  }
  if (side !== "none") return { kind: "refused", reason: { why: "truncated", block: blocks.length + 1 } };
  return { kind: "blocks", blocks };
};

/** A marker where none may stand: which text was meant is unclear. */
const misplaced = (line: string, side: "none" | "search" | "replace", block: number): ReadBlocks | undefined => {
  const malformed = (detail: string): ReadBlocks => ({ kind: "refused", reason: { why: "malformed", block, detail } });
  if (side === "none" && !opening.test(line) && brokenOpening.test(line))
    return malformed("an opening marker is broken");
  if (side === "none" && closing.test(line)) return malformed("it ends and did not begin");
  if (side !== "none" && opening.test(line)) return malformed("it begins inside another");
  if (side === "search" && closing.test(line)) return malformed("nothing divides search from replacement");
  if (side === "replace" && divider.test(line)) return malformed("it is divided twice");
  return undefined;
};

/** Both sides fenced inside the markers: the fences are no code. */
const withoutFences = (
  search: readonly string[],
  replace: readonly string[],
): { readonly search: readonly string[]; readonly replace: readonly string[] } =>
  isFenced(search) && isFenced(replace)
    ? { search: search.slice(1, -1), replace: replace.slice(1, -1) }
    : { search, replace };

const isFenced = (lines: readonly string[]): boolean =>
  lines.length > 1 && /^```\w*\s*$/.test(lines[0] ?? "") && /^```\s*$/.test(lines.at(-1) ?? "");
