import { hasImport, hasStatement } from "../python/statements.ts";
import { bareScript, unwrappedScript } from "./bare.ts";
import { blockOf, type CodeBlock } from "./block.ts";
import { fencedBlocks, type Fenced } from "./fences.ts";
import { jsonBlocks } from "./json-code.ts";
import { languageOf } from "./language.ts";
import { tokenBlocks } from "./special-tokens.ts";
import { taggedBlocks } from "./tags.ts";

/** The last so many fences are read, and so many characters in them: no script has more parts or is longer, and parsing is what costs most. */
const mostFences = 100;
const mostFenced = 300_000;

export interface CodeIn {
  readonly blocks: readonly CodeBlock[];
  /** Where the first block begins, whatever language it is in. */
  readonly start: number;
}

/**
 * The Python of a text, in order, whatever it is wrapped in. What is fenced as Python or stands in JSON, tags or special tokens comes first; failing that, what is
 * fenced as something else and is Python all the same; failing that, a script without any wrapper.
 */
export const codeIn = (text: string): CodeIn => {
  const fences = fencedBlocks(text);
  const blocks = blocksOf(text, lastOf(fences));
  return { blocks, start: Math.min(fences[0]?.start ?? text.length, blocks[0]?.start ?? text.length) };
};

const blocksOf = (text: string, fences: readonly Fenced[]): readonly CodeBlock[] => {
  const bare = fences.length === 0 ? bareScript(text) : undefined;
  if (bare !== undefined) return [bare];
  const fenced = fences.flatMap(blocksInFence);
  const gaps = gapsBetween(fences, text);
  const wrapped = withoutNested(gaps.flatMap(({ text: gap, offset }) => wrappedBlocks(gap, offset)));
  // Where fences are used, what is marked up inside a line of prose is a mention.
  if (fenced.length > 0) return inOrder([...fenced, ...wrapped.filter(({ code }) => code.trim().includes("\n"))]);
  if (wrapped.length > 0) return wrapped;
  const mislabelled = fences
    .map((fence) => blockOf(fence.body, fence))
    .filter(({ code, tree }) => tree !== undefined && hasImport(code));
  if (mislabelled.length > 0) return mislabelled;
  return gaps.flatMap(({ text: gap, offset }) => unwrappedScript(gap, offset) ?? []);
};

const lastOf = (fences: readonly Fenced[]): readonly Fenced[] => {
  const last: Fenced[] = [];
  let left = mostFenced;
  for (const fence of fences.slice(-mostFences).toReversed()) {
    left -= fence.body.length;
    if (left >= 0 || last.length === 0) last.unshift(fence);
  }
  return last;
};

const blocksInFence = (fence: Fenced): readonly CodeBlock[] => {
  const { info, body } = fence;
  const language = languageOf(info);
  const isJson = /^\s*[{[]/.test(body);
  const inside = [...(isJson ? jsonBlocks(body, 0) : []), ...(language === "other" ? taggedBlocks(body, 0) : [])];
  if (inside.length > 0) return inside.map((block) => ({ ...block, start: fence.start, end: fence.end }));
  if (language === "other") return [];
  const block = blockOf(body, fence);
  const counts = language === "python" || info === "" || block.tree !== undefined;
  return counts && hasStatement(block.code) ? [block] : [];
};

const wrappedBlocks = (text: string, offset: number): readonly CodeBlock[] => [
  ...taggedBlocks(text, offset),
  ...tokenBlocks(text, offset),
  ...jsonBlocks(text, offset),
];

const gapsBetween = (
  fences: readonly Fenced[],
  text: string,
): readonly { readonly text: string; readonly offset: number }[] => {
  const edges = [0, ...fences.flatMap(({ start, end }) => [start, end]), text.length];
  const gaps: { text: string; offset: number }[] = [];
  for (let at = 0; at < edges.length; at += 2) {
    const [from = 0, to = 0] = edges.slice(at, at + 2);
    if (text.slice(from, to).trim() !== "") gaps.push({ text: text.slice(from, to), offset: from });
  }
  return gaps;
};

const inOrder = (blocks: readonly CodeBlock[]): readonly CodeBlock[] => [...blocks].sort((a, b) => a.start - b.start);

/** Without blocks that stand inside another: JSON in a string of code, say. */
const withoutNested = (blocks: readonly CodeBlock[]): readonly CodeBlock[] => {
  const kept: CodeBlock[] = [];
  for (const block of [...blocks].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = kept.at(-1);
    // Several strings of one JSON object stand at one place.
    const isSibling = last !== undefined && last.start === block.start && last.end === block.end;
    if (last === undefined || isSibling || block.start >= last.end) kept.push(block);
  }
  return kept;
};
