/**
 * The lines of a text, each with its own end: joined they give the text back, byte for byte. A line ends as CPython's tokenizer ends it (CRLF, LF,
 * a lone CR), so that line numbers agree with those of a traceback.
 */
export const splitLines = (text: string): readonly string[] => text.match(/[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$/g) ?? [];

/** A line without its end. */
export const contentOf = (line: string): string => line.replace(/(?:\r\n|\r|\n)$/, "");

/** How a line ends: `""` where the file ends in the line. */
export const endOf = (line: string): string => line.slice(contentOf(line).length);

/** The line end that a text uses most; LF where it has none. */
export const usualEnd = (text: string): string => {
  const counts = new Map<string, number>();
  for (const end of text.match(/\r\n|\r|\n/g) ?? []) counts.set(end, (counts.get(end) ?? 0) + 1);
  return [...counts].toSorted(([, a], [, b]) => b - a)[0]?.[0] ?? "\n";
};
