import { codeIn } from "../blocks/find.ts";
import type { CodeBlock } from "../blocks/block.ts";
import { hasImport } from "../python/statements.ts";
import { literalStretches, parses } from "../python/syntax.ts";
import { marksIn, type Mark } from "./marks.ts";
import { firstTurn } from "./turn-ends.ts";

/** Those marks behind a place that stand in strings and comments of code that Python reads. They mark nothing: the script is about them. */
export const literalMarks = (answer: string, marks: readonly Mark[], behind: number): ReadonlySet<Mark> => {
  const blocks = codeIn(firstTurn(answer.slice(behind))).blocks.filter(holdsLiteralMarksOnly);
  return new Set(marks.filter(({ at }) => blocks.some(({ start, end }) => start <= at - behind && at - behind < end)));
};

/** No script has more marks in its strings. */
const mostMarks = 200;

const holdsLiteralMarksOnly = ({ code, tree }: CodeBlock): boolean => {
  const marks = marksIn(code);
  if (tree === undefined || marks.length === 0 || marks.length > mostMarks || beginsBehind(marks, code)) return false;
  const literals = literalStretches(tree);
  return marks.every(({ at, end }) => literals.some(({ from, to }) => from <= at && end <= to));
};

/** A whole script stands behind the last closer: what looks like its first comment is a thought. */
const beginsBehind = (marks: readonly Mark[], code: string): boolean => {
  const closer = marks.findLast(({ side }) => side === "closer");
  if (closer === undefined || hasImport(code.slice(0, closer.at))) return false;
  const behind = code.slice(closer.end);
  return hasImport(behind) && parses(behind);
};
