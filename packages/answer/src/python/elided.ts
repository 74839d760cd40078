import type { Tree } from "./syntax.ts";

const standsForCode =
  /^#\s*(?:\.{3}|…)|\b(?:rest of (?:the |your )?(?:code|script|file|function|pipeline)|(?:code|everything|remaining|rest)\b.{0,40}\b(?:unchanged|as before|stays? the same|remains? the same)|existing code)\b/i;

const mayHoldDots: ReadonlySet<string> = new Set(["MemberExpression", "ImportStatement"]);

/** Whether dots or a comment stand for code that is left out. Dots in an index select every axis. */
export const isElided = (tree: Tree, code: string): boolean => {
  let elided = false;
  tree.iterate({
    enter: (ref) => {
      if (ref.name === "Ellipsis") elided ||= !mayHoldDots.has(ref.node.parent?.name ?? "");
      if (ref.name === "Comment") elided ||= standsForCode.test(code.slice(ref.from, ref.to));
      return !elided;
    },
  });
  return elided;
};
