import { languageOf } from "./language.ts";

/** A fenced block of an answer. `closed` is false for the one that the answer broke off in. */
export interface Fenced {
  readonly info: string;
  readonly body: string;
  readonly closed: boolean;
  /** Where its opening fence begins. */
  readonly start: number;
  /** Behind its closing fence. */
  readonly end: number;
}

interface Opening {
  readonly info: string;
  readonly start: number;
  readonly bodyStart: number;
  readonly character: string;
  readonly length: number;
  /** In columns, of its fence. */
  readonly indentation: number;
  /** How many `>` stand before it. */
  readonly quotes: number;
}

interface Fence {
  readonly character: string;
  readonly length: number;
  readonly indentation: number;
  readonly info: string;
}

/**
 * The fenced blocks of Markdown, in order, also between three quotes, in lists, in quotes and behind text on their line. A fence that carries an info string opens a block even
 * inside an open one, because models do that: what stood before it counts as a block of its own, unclosed. A bare fence, or one that prose follows, closes
 * the open block; a bare one opens one where none is open.
 */
export const fencedBlocks = (markdown: string): readonly Fenced[] => {
  const blocks: Fenced[] = [];
  let open: Opening | undefined;
  let at = 0;
  const close = (bodyEnd: number, end: number, closed: boolean) => {
    if (open === undefined) return;
    const { info, start, bodyStart, character, length } = open;
    const body = inside(open, markdown.slice(bodyStart, bodyEnd));
    // A fence behind the last line of code.
    const isBehind = !closed && body.trimEnd().endsWith(character.repeat(length));
    blocks.push({
      info,
      body: isBehind ? body.trimEnd().slice(0, -length) : body,
      closed: closed || isBehind,
      start,
      end,
    });
    open = undefined;
  };
  for (const line of markdown.split("\n")) {
    const next = Math.min(at + line.length + 1, markdown.length);
    if (!mayHoldFence.test(line)) {
      at = next;
      continue;
    }
    const shown = line.replace(/\r$/, "");
    const fence = open === undefined ? undefined : fenceIn(unquoted(shown, open.quotes));
    if (open === undefined) open = openingIn(shown, at, next);
    else if (fence !== undefined && belongs(fence, open, markdown, next)) {
      const opens = isInfo(fence.info);
      close(at, opens ? at : next, !opens);
      if (opens) open = openingIn(shown, at, next);
    }
    at = next;
  }
  close(markdown.length, markdown.length, false);
  return blocks;
};

/** Most lines do not. */
const mayHoldFence = /`{3}|~{3}|'{3}/;

const fenceIn = (line: string): Fence | undefined => {
  const [, indentation = "", marks, info = ""] =
    /^([ \t]*)(`{3,}|~{3,}|'{3}(?=\w*\s*$))[ \t]*([^`]*)$/.exec(line) ?? [];
  return marks === undefined
    ? undefined
    : { character: marks[0] ?? "", length: marks.length, indentation: indentation.length, info: info.trim() };
};

const deepestQuote = 4;

/** What quotes of each depth put before a line. */
const quotes = Array.from({ length: deepestQuote + 1 }, (_, depth) => new RegExp(`^(?: {0,3}> ?){0,${depth}}`));

const quoteBefore = (line: string, depth: number): string => quotes[depth]?.exec(line)?.[0] ?? "";

const unquoted = (line: string, depth: number): string =>
  depth === 0 ? line : line.slice(quoteBefore(line, depth).length);

const depthOf = (line: string): number => quoteBefore(line, deepestQuote).split(">").length - 1;

/** A closing fence has the open block's character, is as long as the opening one, and is not indented further than lists make it. */
const belongs = (
  { character, length, indentation, info }: Fence,
  open: Opening,
  markdown: string,
  next: number,
): boolean => {
  if (character !== open.character || indentation > open.indentation + 3) return false;
  if (length >= open.length || markdown.lastIndexOf(open.character.repeat(open.length)) < next) return true;
  return isInfo(info) && languageOf(open.info) !== "python";
};

/** Words that may stand behind an opening fence, and not a sentence behind a closing one. */
const isInfo = (info: string): boolean => {
  if (info === "") return false;
  if (languageOf(info) !== "unknown") return true;
  return /^[\w+#./:\\-]*\w(?:[ ]*\{.*\})?$/.test(info) || /^\{.*\}$/.test(info) || codeBehind.test(info);
};

/** Code that begins on the line of its fence. */
const codeBehind =
  /^(?:(?:python3?|py)\s+)?(?:import\s+[\w.]+(?:\s+as\s+\w+)?(?:\s*,.*)?|from\s+[\w.]+\s+import\b.*)$/i;

const openingIn = (line: string, at: number, next: number): Opening | undefined => {
  const depth = depthOf(line);
  const rest = unquoted(line, depth);
  const item = /^[ \t]*(?:[-*+]|\d{1,3}[.)])[ \t]+(?=`{3}|~{3})/.exec(rest)?.[0] ?? "";
  const fence = fenceIn(rest.slice(item.length)) ?? fenceBehindText(rest);
  if (fence === undefined || (fence.character === "'" && !/^py(?:thon3?)?$/i.test(fence.info))) return undefined;
  const { character, length, info } = fence;
  const start = at + line.lastIndexOf(character.repeat(length));
  const hasCode = codeBehind.test(info);
  const code = hasCode ? info.replace(/^(?:python3?|py)\s+/i, "") : "";
  return {
    info: hasCode ? "python" : info,
    start: item === "" && fenceIn(rest) !== undefined ? at : start,
    bodyStart: hasCode ? at + line.lastIndexOf(code) : next,
    character,
    length,
    indentation: fence.indentation + item.length,
    quotes: depth,
  };
};

/** A fence at the end of a line of text, if it says that Python follows. */
const fenceBehindText = (line: string): Fence | undefined => {
  const at = line.indexOf("```");
  if (at === -1) return undefined;
  const fence = fenceIn(line.slice(at));
  return fence !== undefined && languageOf(fence.info) === "python" ? { ...fence, indentation: 0 } : undefined;
};

/** The text of a block without what its place in a list or a quote puts before every line. */
const inside = ({ indentation, quotes }: Opening, body: string): string => {
  if (indentation === 0 && quotes === 0) return body;
  const own = new RegExp(`^[ \\t]{0,${indentation}}`);
  return body
    .split("\n")
    .map((line) => unquoted(line, quotes).replace(own, ""))
    .join("\n");
};
