import { dedent } from "../python/dedent.ts";
import { hasImport } from "../python/statements.ts";
import { holdsImport } from "../python/syntax.ts";
import { blockOf, type CodeBlock } from "./block.ts";

/** In lines. A lone import in prose is no script. */
const shortest = 3;

/** A text that is a script and nothing else, as it is. */
export const bareScript = (text: string): CodeBlock | undefined => {
  if (!hasImport(text)) return undefined;
  const block = blockOf(text, { closed: true, start: 0, end: text.length });
  return block.tree !== undefined && holdsImport(block.tree) && block.code === dedent(text) ? block : undefined;
};

/** A script without any wrapper that needs repair, or with prose around it: what follows the first import, as long as that is all code. */
export const unwrappedScript = (text: string, offset: number): CodeBlock | undefined => {
  if (!hasImport(text)) return undefined;
  const end = offset + text.length;
  const whole = blockOf(text, { closed: true, start: offset, end });
  return whole.tree === undefined || !holdsImport(whole.tree)
    ? scriptBehindProse(text, offset)
    : { ...whole, start: offset + placeOf(firstLine(whole.code), text) };
};

const firstLine = (code: string): string => code.trimStart().split("\n", 1)[0] ?? "";

/** Where a line begins; at the beginning, where it is nowhere as it stands. */
const placeOf = (line: string, text: string): number => Math.max(0, `\n${text}`.indexOf(`\n${line}\n`));

/** What follows the first import of a text, also behind a label on its line, as long as that is all code. */
const scriptBehindProse = (text: string, offset: number): CodeBlock | undefined => {
  const lines = text.split("\n");
  const start = lines.findIndex((line) => hasImport(line.replace(label, "")));
  if (start === -1) return undefined;
  const rest = [(lines[start] ?? "").replace(label, ""), ...lines.slice(start + 1)].join("\n");
  const end = offset + text.length;
  const block = blockOf(rest, { closed: true, start: end - rest.length, end });
  const length = block.code.split("\n").filter((line) => line.trim() !== "").length;
  return block.tree !== undefined && length >= shortest ? block : undefined;
};

const label = /^[\w* ]{1,40}:[ \t]+(?=(?:import|from)\s)/;
