type Outcome = "right" | "asked" | "wrong";

export interface Result {
  readonly table: string;
  readonly layout: string;
  readonly outcome: Outcome;
  /** As a person would: right, and no target. */
  readonly asks: boolean;
  readonly mistakes: readonly string[];
}

const letter = ({ outcome, asks }: Result): string =>
  outcome === "right" ? (asks ? "a" : "+") : outcome === "asked" ? "?" : "×";

/** Tables by layouts, in Markdown. */
export const renderResults = (results: readonly Result[]): string => {
  const layouts = [...new Set(results.map(({ layout }) => layout))].toSorted();
  const tables = [...new Set(results.map(({ table }) => table))];
  const cell = (table: string, layout: string) => {
    const result = results.find((one) => one.table === table && one.layout === layout);
    return result === undefined ? "" : letter(result);
  };
  const count = (layout: string) => {
    const own = results.filter((one) => one.layout === layout);
    return `${own.filter(({ outcome }) => outcome === "right").length}/${own.length}`;
  };
  const of = (wanted: (result: Result) => boolean) => results.filter(wanted).length;
  return [
    `| table | ${layouts.join(" | ")} |`,
    `| --- |${layouts.map(() => " :-: |").join("")}`,
    ...tables.map((table) => `| ${table} | ${layouts.map((layout) => cell(table, layout)).join(" | ")} |`),
    `| right | ${layouts.map(count).join(" | ")} |`,
    "",
    "`+` right, `a` asked where a person could not tell, `?` asked where a person could tell, `×` wrong.",
    "",
    `${results.length} folders: ${of(({ outcome, asks }) => outcome === "right" && !asks)} right, ${of(({ outcome, asks }) => outcome === "right" && asks)} rightly asked, ` +
      `${of(({ outcome }) => outcome === "asked")} asked where a person could tell, ${of(({ outcome }) => outcome === "wrong")} wrong.`,
    ...results.flatMap(({ table, layout, outcome, mistakes }) =>
      outcome === "right" ? [] : [`- ${table}, ${layout}: ${mistakes.join("; ")}`],
    ),
  ].join("\n");
};
