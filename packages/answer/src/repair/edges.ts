import { indentationOf } from "../python/dedent.ts";
import { hasStatement } from "../python/statements.ts";
import { errorAt } from "../python/syntax.ts";

/** Up to a closing fence that does not stand on a line of its own. */
export const withoutFence = (code: string): string => {
  const at = code.indexOf("```");
  return at === -1 ? code : code.slice(0, at);
};

/** Without a first line that names the file. */
export const withoutFileName = (code: string): string => code.replace(/^\s*[\w./-]{1,60}\.py:?[ \t]*\n/, "");

/** Without prose in front of the first import and behind the last statement, where a fence is missing. */
export const withoutProse = (code: string): string => withoutEpilogue(withoutPreface(code));

const withoutPreface = (code: string): string => {
  const lines = code.split("\n");
  const start = lines.findIndex((line) => /^(?:(?:import|from|def|class)\s|[#@]|"""|''')/.test(line));
  return start > 0 && lines.slice(0, start).every(isProse) ? lines.slice(start).join("\n") : code;
};

const withoutEpilogue = (code: string): string => {
  const error = errorAt(code);
  if (error === undefined) return code;
  const lines = code.split("\n");
  const broken = code.slice(0, error).split("\n").length - 1;
  return hasStatement(lines.slice(broken).join("\n")) || !isProse(lines[broken] ?? "")
    ? code
    : lines.slice(0, broken).join("\n");
};

/** Three words at the start of a line, or two that are all of it, as a sentence has them and code does not, or nothing. */
const isProse = (line: string): boolean =>
  line.trim() === "" ||
  ((words.test(line.slice(0, seen)) || /^\p{L}+ \p{L}+[.!:]?$/u.test(line)) &&
    !/=|\bimport\b/.test(line) &&
    !keyword.test(line));

const seen = 300;
const words =
  /^\s*(?:[-*>•]\s+|#{1,6}\s+|\d+[.)]\s+)?[*_"'`(]{0,3}\p{L}[\p{L}'’-]*[`*_),:]{0,3}(?: [`*_(]{0,3}[\p{L}\p{N}'’._-]+[`*_),:]{0,3}){2}/u;
const keyword =
  /^\s*(?:and|assert|async|await|class|def|del|elif|else|except|finally|for|from|global|if|import|in|is|lambda|nonlocal|not|or|pass|raise|return|try|while|with|yield)\b/;

/** A block whose later lines are not indented as its first. */
export const withFirstIndentationOff = (code: string): string => {
  const lines = code.split("\n");
  const depth = indentationOf(lines.find((line) => line.trim() !== "") ?? "");
  return depth === ""
    ? code
    : lines.map((line) => (line.startsWith(depth) ? line.slice(depth.length) : line)).join("\n");
};
