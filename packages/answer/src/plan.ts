import type { CodeIn } from "./blocks/find.ts";

/** What stands before the first block of a text, whatever language that is in; failing that, what stands beside the code in its object. */
export const planOf = (text: string, { blocks, start }: CodeIn): string => {
  const before = withoutOpenings(text.slice(0, start).trim());
  return before === "" ? (blocks[0]?.plan ?? "").trim() : before;
};

/** Tags and special tokens at the end of a plan belong to the code behind it, and so does the name of a tool that stands between them. */
const withoutOpenings = (plan: string): string => {
  let left = plan;
  for (let count = 0; count < mostOpenings; count++) {
    const tag = /(?:<[^<>\n]{1,80}>|\[\/?[A-Z_]{2,30}\])[\w.:]{0,40}$/.exec(left.slice(-longestOpening));
    if (tag === null) break;
    left = left.slice(0, left.length - tag[0].length).trim();
  }
  return left;
};

const mostOpenings = 8;
const longestOpening = 122;
