import { hasStatement } from "../python/statements.ts";
import { blockOf, type CodeBlock } from "./block.ts";

/** How many tokens are looked behind. */
const mostTried = 80;

/** Code between the special tokens of a chat template, as `<|python_tag|>`, where the server hands them on. */
export const tokenBlocks = (text: string, offset: number): readonly CodeBlock[] => {
  const found = [...text.matchAll(token)].slice(0, mostTried);
  return found.flatMap(({ index, 0: mark }, at) => {
    const next = found[at + 1]?.index;
    const end = next ?? text.length;
    const place = { closed: next !== undefined, start: offset + index, end: offset + end };
    const block = blockOf(text.slice(index + mark.length, end), place);
    return hasStatement(block.code) && (block.tree !== undefined || mark === pythonTag) ? [block] : [];
  });
};

const token = /<[|｜](?!")[^<>|｜\n]{1,40}[|｜]?>|<(?!")[^<>|｜\n]{1,40}[|｜]>/g;

const pythonTag = "<|python_tag|>";
