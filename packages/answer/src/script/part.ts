import { effectsOf, type Effects } from "../python/effects.ts";
import { isElided } from "../python/elided.ts";
import { namesOf, type Names } from "../python/names.ts";
import type { Tree } from "../python/syntax.ts";

/** A block of an answer as a piece of a script: what it gives to others and wants of them. */
export interface Part {
  readonly code: string;
  readonly names: Names;
  readonly effects: Effects;
  /** Something stands for code that is left out. */
  readonly elided: boolean;
  /** Its lines, without space around them and without empty ones. */
  readonly lines: ReadonlySet<string>;
}

export const partOf = (code: string, tree: Tree): Part => ({
  code,
  names: namesOf(tree, code),
  effects: effectsOf(tree, code),
  elided: isElided(tree, code),
  lines: new Set(
    code
      .split("\n")
      .map((line) => line.trim())
      .filter((line) => line !== ""),
  ),
});

/** Whether a part only shows once more what the others hold. */
export const isExcerpt = ({ lines }: Part, others: readonly Part[]): boolean =>
  [...lines].every((line) => others.some((other) => other.lines.has(line)));
