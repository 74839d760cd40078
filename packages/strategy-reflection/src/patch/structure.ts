import { contentOf, splitLines } from "./lines.ts";

/** Lines from 0, both ends included. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * The spans that hold a text together: statements over several lines (brackets, strings, backslashes) and indented blocks with their heads,
 * shortest first. Read from the text alone, so a text that does not parse has some too.
 */
export const spansOf = (text: string): readonly Span[] => {
  const lines = splitLines(text).map(contentOf);
  const statements = statementsOf(lines);
  const long = statements.filter(({ from, to }) => to > from);
  return [...long, ...blocksOf(statements)].toSorted((a, b) => a.to - a.from - (b.to - b.from) || a.from - b.from);
};

interface Statement extends Span {
  readonly depth: number;
}

interface Reading {
  /** Brackets that are open. */
  readonly open: number;
  /** The quotes of the string over several lines that is open. */
  readonly quotes: string;
}

const statementsOf = (lines: readonly string[]): readonly Statement[] => {
  const statements: Statement[] = [];
  let reading: Reading = { open: 0, quotes: "" };
  let from = 0;
  for (const [at, line] of lines.entries()) {
    reading = readLine(line, reading);
    if (reading.open > 0 || reading.quotes !== "" || isContinued(line)) continue;
    const first = lines[from] ?? "";
    if (!isEmpty(first) || at > from) statements.push({ from, to: at, depth: depthOf(first) });
    from = at + 1;
  }
  if (from < lines.length) statements.push({ from, to: lines.length - 1, depth: depthOf(lines[from] ?? "") });
  return statements;
};

const readLine = (line: string, before: Reading): Reading => {
  let { open, quotes } = before;
  let at = 0;
  while (at < line.length) {
    const rest = line.slice(at, at + 3);
    const letter = line.charAt(at);
    if (quotes !== "") {
      if (letter === "\\") at++;
      else if (rest.startsWith(quotes)) {
        at += quotes.length - 1;
        quotes = "";
      }
    } else if (letter === "#") break;
    else if (rest === '"""' || rest === "'''") {
      quotes = rest;
      at += 2;
    } else if (letter === '"' || letter === "'") quotes = letter;
    else if ("([{".includes(letter)) open++;
    else if (")]}".includes(letter)) open = Math.max(0, open - 1);
    at++;
  }
  // A string in single quotes ends with its line, unless a backslash carries it on.
  return { open, quotes: quotes.length === 1 && !isContinued(line) ? "" : quotes };
};

const isContinued = (line: string): boolean => /(?:^|[^\\])(?:\\\\)*\\$/.test(line) && !/^[^"']*#/.test(line);
const isEmpty = (line: string): boolean => /^\s*(?:#.*)?$/.test(line);
const depthOf = (line: string): number => /^\s*/.exec(line)?.[0].replaceAll("\t", "        ").length ?? 0;

/** Each statement with the deeper ones below it. */
const blocksOf = (statements: readonly Statement[]): readonly Span[] => {
  const blocks: Span[] = [];
  const open: Statement[] = [];
  let last: Statement | undefined;
  const closeTo = (depth: number) => {
    for (let top = open.at(-1); top !== undefined && top.depth >= depth; top = open.at(-1)) {
      open.pop();
      if (last !== undefined && last !== top) blocks.push({ from: top.from, to: last.to });
    }
  };
  for (const statement of statements) {
    closeTo(statement.depth);
    open.push(statement);
    last = statement;
  }
  closeTo(0);
  return blocks;
};
