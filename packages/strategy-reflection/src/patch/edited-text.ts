import type { Block, ParsedAnswer, Tolerance } from "./answer.ts";
import { commonLines } from "./common-lines.ts";
import { apply, hunksBetween, type Hunk } from "./diff.ts";
import { contentOf, endOf, splitLines, usualEnd } from "./lines.ts";
import { placeBlock } from "./place.ts";

/**
 * The original after all blocks, each found in the original itself, so that their order does not matter. Lines that a block keeps stay byte for byte;
 * new lines get the original's usual end, and the file ends as it did.
 */
export const withBlocks = (blocks: readonly Block[], original: string, form: "blocks" | "diff"): ParsedAnswer => {
  const ended = withLastEnd(original);
  const lines = splitLines(ended);
  const contents = lines.map(contentOf);
  const tolerated = new Set<Tolerance>();
  const hunks: Numbered[] = [];
  const seen = new Set<string>();
  for (const [index, asked] of blocks.entries()) {
    const text = JSON.stringify([asked.search, asked.replace]);
    if (seen.has(text)) {
      tolerated.add("repeated-block");
      continue;
    }
    seen.add(text);
    const placed = placeBlock(asked, index + 1, contents);
    if (placed.kind === "refused") return { kind: "refused", form, reason: placed.reason };
    for (const tolerance of placed.tolerated) tolerated.add(tolerance);
    const { block, at } = placed;
    const place = lines.slice(at, at + block.search.length);
    if (block.end !== "" && place.some((line) => endOf(line) !== block.end)) tolerated.add("line-ends");
    hunks.push(...hunksOf(block, at, place, usualEnd(original)).map((hunk) => ({ hunk, number: index + 1 })));
  }
  const ordered = hunks.toSorted((a, b) => a.hunk.at - b.hunk.at || a.hunk.removed.length - b.hunk.removed.length);
  const clash = clashIn(ordered);
  if (clash !== undefined) return { kind: "refused", form, reason: { why: "overlap", ...clash } };
  const text = apply(
    ordered.map(({ hunk }) => hunk),
    ended,
  );
  const change = hunks.reduce((sum, { hunk }) => sum + hunk.added.length - hunk.removed.length, 0);
  if (splitLines(text).length !== lines.length + change)
    return { kind: "refused", form, reason: { why: "malformed", block: ordered[0]?.number ?? 1, detail: runTogether } };
  return { kind: "edit", form, text: endedAs(original, text), tolerated: [...tolerated] };
};

/** A whole script in the original's bytes: lines that both have stay as they are, unless a lone CR and the LF of an empty line after it would become one end. */
export const withScript = (script: readonly string[], original: string): string => {
  const ended = withLastEnd(original);
  const lines = splitLines(ended);
  const contents = lines.map(contentOf);
  const hunks = hunksBetween(contents, script, commonLines(contents, script)).map((hunk) => ({
    at: hunk.at,
    removed: lines.slice(hunk.at, hunk.at + hunk.removed.length),
    added: hunk.added.map((line) => line + usualEnd(original)),
  }));
  const text = apply(hunks, ended);
  const isWhole = splitLines(text).length === script.length;
  return endedAs(original, isWhole ? text : script.map((line) => line + usualEnd(original)).join(""));
};

/** In bytes the two would be one line end, CRLF. */
const runTogether = "a line that ends in a lone CR would stand before an empty one that ends in LF";

interface Numbered {
  readonly hunk: Hunk;
  readonly number: number;
}

const hunksOf = (block: Block, at: number, place: readonly string[], end: string): readonly Hunk[] =>
  hunksBetween(block.search, block.replace, commonLines(block.search, block.replace)).map((hunk) => ({
    at: at + hunk.at,
    removed: place.slice(hunk.at, hunk.at + hunk.removed.length),
    added: hunk.added.map((line) => line + end),
  }));

/** Two changes of one line, or two insertions in one place: which comes first is not specified. */
const clashIn = (ordered: readonly Numbered[]): { readonly block: number; readonly other: number } | undefined => {
  for (const [index, { hunk, number }] of ordered.entries()) {
    const before = ordered[index - 1];
    if (before === undefined) continue;
    const bothInsert = hunk.removed.length + before.hunk.removed.length === 0 && hunk.at === before.hunk.at;
    if (bothInsert || hunk.at < before.hunk.at + before.hunk.removed.length)
      return { block: number, other: before.number };
  }
  return undefined;
};

const withLastEnd = (text: string): string => (text === "" || /[\r\n]$/.test(text) ? text : text + usualEnd(text));

const endedAs = (original: string, text: string): string =>
  original === "" || /[\r\n]$/.test(original)
    ? text
    : text.slice(0, text.length - endOf(splitLines(text).at(-1) ?? "").length);
