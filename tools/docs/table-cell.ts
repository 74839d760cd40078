/** A text as a cell of a Markdown table: between backticks only a bar would end it; elsewhere angle brackets would be taken for HTML. */
export const tableCell = (text: string): string =>
  text
    .split(/(`[^`]*`)/)
    .map((part) => (part.startsWith("`") ? part : part.replaceAll("<", "&lt;")))
    .join("")
    .replaceAll("\n", " ")
    .replaceAll("|", String.raw`\|`);
