import { thoughtMarks } from "@aide-ts/plugin";
import { hasStatement } from "../python/statements.ts";
import { blockOf, type CodeBlock } from "./block.ts";

/** How many opening tags are looked into. */
const mostTried = 80;

const closerOf = (xml: string | undefined, bracket: string | undefined, environment: string | undefined): string => {
  if (xml !== undefined) return `</${xml}>`;
  return bracket === undefined ? `\\end{${environment}}` : `[/${bracket}]`;
};

/** Tags whose text is code even where Python refuses it. */
const codeTag = /^(?:(?:execute_?|run_?)?(?:i?python3?|py)(?:_?code)?|tool_code|script|CODE|PYTHON|jupyter_code)$/;

const thoughts: ReadonlySet<string> = new Set(thoughtMarks.map(({ opener }) => opener));

/** Code between tags: of HTML, of LaTeX, of tool calls in XML, of whatever a prompt or a model made up. The outermost tag with nothing but code in it counts. */
export const taggedBlocks = (text: string, offset: number): readonly CodeBlock[] => {
  const opening =
    /<([A-Za-z_][\w:.-]{0,40})(?:=[^<>\n]{0,80}|\s[^<>\n]{0,200})?>|\[([A-Z][A-Z_]{1,30})\]|\\begin\{(\w{1,30}\*?)\}(?:\[[^\]\n]{0,200}\])?(?:\{[^{}\n]{0,40}\})?/g;
  const blocks: CodeBlock[] = [];
  let tried = 0;
  for (let found = opening.exec(text); found !== null && tried < mostTried; found = opening.exec(text)) {
    const [tag, xml, bracket, environment] = found;
    if (thoughts.has(tag)) continue;
    tried++;
    const from = found.index + tag.length;
    const closer = closerOf(xml, bracket, environment);
    const at = text.indexOf(closer, from);
    const [to, end] = at === -1 ? [text.length, text.length] : [at, at + closer.length];
    const place = { closed: at !== -1, start: offset + found.index, end: offset + end };
    const block = blockOf(text.slice(from, to), place);
    if (!hasStatement(block.code) || !(block.tree !== undefined || codeTag.test(xml ?? bracket ?? ""))) continue;
    blocks.push(block);
    opening.lastIndex = end;
  }
  return blocks;
};
