import type { Finish } from "@aide-ts/plugin";
import type { Form, ParsedAnswer, ReadBlocks, Tolerance } from "./answer.ts";
import { diff } from "./diff.ts";
import { withBlocks } from "./edited-text.ts";
import { contentOf, splitLines } from "./lines.ts";
import { readSearchBlocks } from "./search-blocks.ts";
import { readUnifiedDiff } from "./unified.ts";
import { readWholeScript } from "./whole-script.ts";

/**
 * Reads a model's answer as an edit of the original: search/replace blocks where it has any, else a unified diff, else a whole script. Never throws
 * and never guesses: search text that stands nowhere or in two places is refused, and so is an edit that broke off. Blocks and hunks are found in the
 * original by their lines; see `Tolerance` for the little that may differ.
 * @param answer without its reasoning.
 * @param finish why the model stopped.
 */
export const parse = (answer: string, original: string, finish: Finish = "stop"): ParsedAnswer => {
  const isCutOff = cutOffs.has(finish);
  const read = readAnswer(answer, original, finish, isCutOff);
  if (read.kind === "refused") return read;
  const elided = elidedLine(original, read.text);
  if (elided !== undefined) return { kind: "refused", form: read.form, reason: { why: "elided", line: elided } };
  return isCutOff ? { ...read, tolerated: [...read.tolerated, cutOff] } : read;
};

const cutOff: Tolerance = "cut-off";

const cutOffs: ReadonlySet<Finish> = new Set<Finish>(["length", "length-in-thought", "repetition", "aborted"]);

const readAnswer = (answer: string, original: string, finish: Finish, isCutOff: boolean): ParsedAnswer =>
  asEdit(readSearchBlocks(answer), original, "blocks") ??
  asEdit(readUnifiedDiff(answer, isCutOff), original, "diff") ??
  readWholeScript(answer, original, finish, isCutOff);

const asEdit = (read: ReadBlocks, original: string, form: Exclude<Form, "script">): ParsedAnswer | undefined => {
  if (read.kind === "none") return undefined;
  return read.kind === "refused" ? { ...read, form } : withBlocks(read.blocks, original, form);
};

const standsForOthers =
  /\.{3}|…|\b(?:rest of|remaining|unchanged|remains? the same|same as (?:before|above|original)|existing code|as before|omitted)\b/i;

/** A new comment that stands for lines which go away. */
const elidedLine = (original: string, edited: string): string | undefined => {
  const had = new Set(splitLines(original).map((line) => line.trim()));
  for (const { removed, added } of diff(original, edited)) {
    if (removed.length <= added.length) continue;
    const line = added.find((text) => /^\s*#/.test(text) && standsForOthers.test(text) && !had.has(text.trim()));
    if (line !== undefined) return contentOf(line);
  }
  return undefined;
};
