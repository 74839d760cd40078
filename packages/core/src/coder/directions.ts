/**
 * The items of a Markdown list, each a way to improve a script. One that begins with `regression:` or `classification:` is only for targets of that
 * kind.
 */
export const readDirections = (markdown: string, kind: "regression" | "classification"): readonly string[] =>
  [...markdown.matchAll(/^- (?:(regression|classification): )?(.+)$/gm)].flatMap(([, only, text = ""]) =>
    only === undefined || only === kind ? [text.trim()] : [],
  );
