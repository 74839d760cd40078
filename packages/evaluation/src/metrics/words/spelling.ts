/** What remains of a name without case, spaces and signs, so that `ROC-AUC`, `roc_auc` and `rocauc` are one. Numbers keep their point. */
export const squashed = (text: string): string => text.toLowerCase().replaceAll(/[^a-z0-9.#]|\.(?!\d)/g, "");

/** Every way to write a pattern, squashed: `[x]` may be left out, `(x|y)` is one of them, both may hold others. */
export const spellingsOf = (pattern: string): readonly string[] => {
  let at = 0;
  const alternatives = (end: string): readonly string[] => {
    const found: string[] = [];
    let open: readonly string[] = [""];
    while (at < pattern.length && pattern[at] !== end) {
      const sign = pattern[at++] ?? "";
      if (sign === "|") {
        found.push(...open);
        open = [""];
      } else {
        const next = sign === "[" ? ["", ...alternatives("]")] : sign === "(" ? alternatives(")") : [sign];
        open = open.flatMap((start) => next.map((rest) => start + rest));
      }
    }
    at++;
    return [...found, ...open];
  };
  return [...new Set(alternatives("").map(squashed))];
};
