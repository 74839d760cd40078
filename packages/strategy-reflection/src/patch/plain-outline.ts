import { contentOf, splitLines } from "./lines.ts";
import type { Definition, LineRange, Outline } from "./python.ts";

/**
 * Imports and definitions of a script that does not parse, by its lines alone: an import is one line; a function or class goes to the next line that
 * is not deeper; an assignment to a name is one line. What cannot be determined is left out, and so is out of scope.
 */
export const plainOutline = (script: string): Outline => {
  const lines = splitLines(script).map(contentOf);
  const imports: LineRange[] = [];
  const definitions: Definition[] = [];
  for (const [at, line] of lines.entries()) {
    const first = at + 1;
    if (/^\s*(?:import|from)\s+[\w.]/.test(line)) imports.push({ first, last: first });
    const [, indent = "", name] = /^(\s*)(?:async\s+def|def|class)\s+([\p{L}_][\p{L}\p{N}_]*)/u.exec(line) ?? [];
    if (name !== undefined) definitions.push({ name, first, last: endOfBlock(lines, at, indent.length) });
    const [, target] = /^\s*([\p{L}_][\p{L}\p{N}_]*)\s*(?::[^=]+)?=(?!=)/u.exec(line) ?? [];
    if (target !== undefined) definitions.push({ name: target, first, last: first });
  }
  return { imports, definitions };
};

const endOfBlock = (lines: readonly string[], head: number, depth: number): number => {
  let last = head + 1;
  for (const [offset, line] of lines.slice(head + 1).entries()) {
    if (line.trim() === "") continue;
    if (line.length - line.trimStart().length <= depth) break;
    last = head + offset + 2;
  }
  return last;
};
