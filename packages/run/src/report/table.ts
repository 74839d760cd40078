type Row = readonly string[];

/**
 * The lines of a table whose columns are as wide as their widest cell, two spaces apart. `least` gives columns a width whatever they hold, so that
 * tables below one another line up.
 */
export const alignedTable = (
  rows: readonly Row[],
  { gap = "  ", least = [] }: { readonly gap?: string; readonly least?: readonly number[] } = {},
): readonly string[] => {
  const widths: number[] = [...least];
  for (const row of rows)
    for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, cell.length);
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join(gap)
      .trimEnd(),
  );
};

/** A table in Markdown. What a cell holds cannot break it. */
export const markdownTable = (head: Row, body: readonly Row[]): string =>
  [head.map(cellText), head.map(() => "---"), ...body.map((row) => row.map(cellText))]
    .map((cells) => `| ${cells.join(" | ")} |`)
    .join("\n");

const cellText = (text: string): string => text.replaceAll("|", "\\|").replaceAll(/\s*[\r\n]\s*/g, " ");
