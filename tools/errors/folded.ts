import type { KnownError } from "./known-error.ts";

const same = (a: readonly string[], b: readonly string[]): boolean => a.join("\n") === b.join("\n");
const united = (a: readonly string[], b: readonly string[]): readonly string[] => [...new Set([...a, ...b])];

/** Places that say the same, or want the same done, become one. */
export const folded = (errors: readonly KnownError[]): readonly KnownError[] => {
  const kept: KnownError[] = [];
  for (const error of errors) {
    const at = kept.findIndex(
      (one) =>
        one.code === error.code &&
        one.fault === error.fault &&
        one.package === error.package &&
        (same(one.messages, error.messages) || same(one.fixes, error.fixes)),
    );
    const like = kept[at];
    if (like === undefined) kept.push(error);
    else
      kept[at] = {
        ...like,
        messages: united(like.messages, error.messages),
        fixes: united(like.fixes, error.fixes),
      };
  }
  return kept;
};
