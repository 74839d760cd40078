import type { Candidate, Finish } from "@aide-ts/plugin";
import { parser } from "@lezer/python";
import { fencedBlocks, type Fenced } from "./fences.ts";
import { splitReasoning } from "./reasoning.ts";

/**
 * Reads plan and script out of an answer. The script is the last closed Python block that parses; failing that the last that parses at all,
 * then the last closed one, then the last. Reasoning is split off first, so code that was only thought of is never taken.
 */
export const extractCandidate = (answer: string, finish: Finish): Candidate => {
  const { text } = splitReasoning(answer);
  const blocks = fencedBlocks(text).filter((block) => isPython(block) && hasStatement(block.body));
  const chosen = choose(blocks) ?? bareScript(text);
  const plan = text.slice(0, fencedBlocks(text)[0]?.start ?? text.length).trim();
  if (chosen === undefined) return { plan, code: "", defect: defectOf(finish) };
  if (!chosen.closed && isCutOff(finish) && !parses(chosen.body)) return { plan, code: "", defect: defectOf(finish) };
  const code = `${dedent(chosen.body).trim()}\n`;
  return { plan: chosen.start === 0 && plan === text.trim() ? "" : plan, code };
};

/** Whether CPython would very likely parse it: no error node in a grammar of Python 3. */
export const parses = (code: string): boolean => {
  let ok = true;
  parser.parse(dedent(code)).iterate({
    enter: (node) => {
      if (node.type.isError) ok = false;
      return ok;
    },
  });
  return ok;
};

const choose = (blocks: readonly Fenced[]): Fenced | undefined =>
  // Of one there is nothing to choose, and parsing is what costs most here.
  (blocks.length === 1 ? blocks[0] : undefined) ??
  blocks.findLast((block) => block.closed && parses(block.body)) ??
  blocks.findLast((block) => parses(block.body)) ??
  blocks.findLast((block) => block.closed) ??
  blocks.at(-1);

const isPython = ({ info }: Fenced): boolean =>
  /^(python[\d.]*|py|\{?\.?python\}?|ipython|)$/i.test(info.split(/[\s,]/)[0] ?? "");

/** Something that does anything: an import, a definition, a block, an assertion, a call or an assignment at the start of a line. */
const hasStatement = (body: string): boolean =>
  /^\s*(import\s|from\s+\S+\s+import|def\s|class\s|with\s|for\s|while\s|if\s|assert\s|try\s*:|[\w.]+\(|[\w.[\]"', ]+\s*=[^=])/m.test(
    body,
  );

const bareScript = (text: string): Fenced | undefined =>
  !text.includes("```") && /^\s*(import|from)\s+\w/m.test(text) && parses(text)
    ? { info: "", body: text, closed: true, start: 0 }
    : undefined;

const isCutOff = (finish: Finish): boolean =>
  finish === "length" || finish === "length-in-thought" || finish === "repetition";

const defectOf = (finish: Finish): NonNullable<Candidate["defect"]> => {
  if (finish === "repetition") return "repetition";
  return finish === "length" || finish === "length-in-thought" ? "truncated" : "no-code";
};

/** Takes off the indentation that every line has: a block inside a list item is still a script. */
const dedent = (code: string): string => {
  const lines = code.replaceAll("\r\n", "\n").split("\n");
  const depth = Math.min(
    ...lines.filter((line) => line.trim() !== "").map((line) => /^ */.exec(line)?.[0].length ?? 0),
  );
  return Number.isFinite(depth) && depth > 0 ? lines.map((line) => line.slice(depth)).join("\n") : lines.join("\n");
};
