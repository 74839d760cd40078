import { hasImport, hasStatement } from "../python/statements.ts";
import { blockOf, type CodeBlock, type Place } from "./block.ts";
import { fencedBlocks } from "./fences.ts";
import { languageOf } from "./language.ts";
import { readJson, unescaped, type Value } from "./relaxed-json.ts";

/** How many braces and brackets are tried. */
const mostTried = 60;

/** Code in the strings of JSON: of tool calls, of objects that a prompt asked for, of notebooks. */
export const jsonBlocks = (text: string, offset: number): readonly CodeBlock[] => {
  const blocks: CodeBlock[] = [];
  const opening = /[{[](?=\s*["'{[`}\]\w<])/g;
  let tried = 0;
  for (let found = opening.exec(text); found !== null && tried < mostTried; found = opening.exec(text), tried++) {
    const read = readJson(text, found.index);
    if (read === undefined) continue;
    const place = { closed: read.closed, start: offset + found.index, end: offset + read.end };
    const plan = planOf(read.value);
    blocks.push(...codeIn(read.value, "", place).map((block) => (plan === undefined ? block : { ...block, plan })));
    opening.lastIndex = Math.max(opening.lastIndex, read.end);
  }
  return blocks.length > 0 ? blocks : unescapedCode(text, offset);
};

/** Code of a last field whose quotes were not escaped: it ends with the last quote before a brace. */
const unescapedCode = (text: string, offset: number): readonly CodeBlock[] => {
  const field = /"(?:code|script|python|solution)"\s*:\s*"/.exec(text);
  const end = text.lastIndexOf('"', text.lastIndexOf("}"));
  if (field === null || end <= field.index + field[0].length) return [];
  const start = offset + Math.max(0, text.lastIndexOf("{", field.index));
  const code = unescaped(text.slice(field.index + field[0].length, end));
  const block = blockOf(code, { closed: true, start, end: offset + end + 1 });
  return block.tree !== undefined && hasStatement(block.code) ? [block] : [];
};

const codeKeys: ReadonlySet<string> = new Set(
  "code source script python program solution python_code full_code".split(" "),
);
const planKeys = ["plan", "idea", "approach", "explanation", "description", "thought", "thoughts"];

const planOf = (value: Value): string | undefined =>
  isObject(value) ? planKeys.map((key) => value[key]).find((plan) => typeof plan === "string") : undefined;

const isObject = (value: Value): value is { readonly [key: string]: Value } =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isList = (value: Value): value is readonly Value[] => Array.isArray(value);

const codeIn = (value: Value, key: string, place: Place): readonly CodeBlock[] => {
  if (typeof value === "string") return codeInString(value, key, place);
  if (isList(value)) {
    const lines = codeKeys.has(key) ? linesIn(value) : undefined;
    return lines === undefined ? value.flatMap((one) => codeIn(one, key, place)) : codeInString(lines, key, place);
  }
  if (!isObject(value) || value["cell_type"] === "markdown") return [];
  return Object.entries(value).flatMap(([name, one]) => codeIn(one, name, place));
};

/** The lines of a script, as notebooks keep them. */
const linesIn = (values: readonly Value[]): string | undefined => {
  const lines = values.filter((value) => typeof value === "string");
  if (lines.length !== values.length || lines.length === 0) return undefined;
  return lines.map((line, at) => (at === lines.length - 1 || line.endsWith("\n") ? line : `${line}\n`)).join("");
};

const codeInString = (text: string, key: string, place: Place): readonly CodeBlock[] => {
  const fenced = fencedBlocks(text).filter(({ info }) => languageOf(info) !== "other");
  if (fenced.length > 0) return fenced.map(({ body }) => blockOf(body, place)).filter(({ code }) => hasStatement(code));
  const nested = /^\s*[{[]/.test(text) ? readJson(text, text.search(/\S/)) : undefined;
  if (nested !== undefined) return codeIn(nested.value, key, place);
  const block = blockOf(text, place);
  if (!hasStatement(block.code)) return [];
  if (codeKeys.has(key)) return [block];
  return block.tree !== undefined && (hasImport(block.code) || block.code.trim().includes("\n")) ? [block] : [];
};
