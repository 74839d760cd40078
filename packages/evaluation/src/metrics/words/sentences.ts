import { plainText } from "./tokens.ts";

const heading = /^\s*(?:#{1,6}\s+(\S.*)|\*\*([^*]+)\*\*:?\s*|__([^_]+)__:?\s*)$/;
/** Headings that people write without a mark. */
const unmarked =
  /^\s*(?:(?:evaluation|metrics?|scoring|grading|judging|data|dataset|data ?sets?|files|file descriptions?|submissions?|submission (?:file|format)|goals?|task|overview|description|background|timeline|prizes|rules|introduction)(?: metrics?| criteria| description)?):?\s*$/i;
const item = /^\s*(?:[-*+•]|\d+[.)])\s+/;
const ends =
  /(?<=;)\s+|(?<=[.!?])(?<!\b(?:e\.g|i\.e|vs|cf|approx|resp|etc|no|fig|eq)\.)["')\]]*\s+(?=["'([]*[\p{Lu}\d])/iu;

/** No sentence is longer; what is has no end, as a list or a table. */
const pieces = /\S.{0,1500}(?=\s|$)/gs;

export interface Section {
  /** Empty before the first heading. */
  readonly heading: string;
  /** Of `#`; 7 for a heading in bold or without a mark. */
  readonly level: number;
  readonly sentences: readonly string[];
}

/** A text in its sections by Markdown's headings, a line underlined among them, in plain text. Lines that are only wrapped are joined. */
export const sectionsOf = (text: string): readonly Section[] => {
  const sections: { heading: string; level: number; paragraphs: string[] }[] = [
    { heading: "", level: 0, paragraphs: [] },
  ];
  const lines = text.replaceAll(/\r\n?/g, "\n").split("\n");
  let open = "";
  const close = () => {
    sections.at(-1)?.paragraphs.push(open);
    open = "";
  };
  lines.forEach((line, at) => {
    const found = heading.exec(line);
    const underlined = /^\s*(?:={3,}|-{3,})\s*$/.test(lines[at + 1] ?? "") && line.trim() !== "";
    if (found !== null || underlined || unmarked.test(line)) {
      close();
      const level = found === null && underlined ? 1 : (/^\s*(#+)/.exec(line)?.[1]?.length ?? 7);
      sections.push({
        heading: found?.slice(1).find((one) => one !== undefined) ?? line.trim(),
        level,
        paragraphs: [],
      });
    } else if (line.trim() === "" || /^\s*[=-]{3,}\s*$/.test(line)) close();
    else if (item.test(line)) {
      close();
      open = line.replace(item, "");
    } else open = open === "" ? line : `${open} ${line.trim()}`;
  });
  close();
  return sections.map(({ heading: title, level, paragraphs }) => ({
    heading: plainText(title),
    level,
    sentences: paragraphs
      .flatMap((paragraph) => plainText(paragraph).split(ends))
      .flatMap((one) => one.trim().match(pieces) ?? []),
  }));
};
