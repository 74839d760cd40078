import {
  fencedBlocks,
  functionsOf,
  importsOf,
  parses,
  type PythonFunction,
  type WrittenFunction,
} from "@aide-ts/answer";

/**
 * The function of an answer, with what is imported before it, cut to the longest beginning that parses: a small model ends in the middle, or continues with what
 * nobody asked for. `undefined` where nothing is left of it, or where it returns nothing and the one in its place does.
 */
export const readFunction = (answer: string, inPlaceOf: PythonFunction): WrittenFunction | undefined => {
  const texts = [answer, ...fencedBlocks(answer).map(({ body }) => body)];
  for (const text of texts.toReversed()) {
    const read = functionIn(text, inPlaceOf);
    if (read !== undefined) return read;
  }
  return undefined;
};

const functionIn = (text: string, { name, returned }: PythonFunction): WrittenFunction | undefined => {
  const lines = text.split("\n");
  const start = lines.findIndex((line) => new RegExp(`^def ${name}\\b`).test(line));
  if (start === -1) return undefined;
  const imports = importsOf(lines.slice(0, start).join("\n"));
  for (let end = lines.length; end > start; end--) {
    const code = lines.slice(start, end).join("\n");
    if (!parses(code)) continue;
    const found = functionsOf(code).find((one) => one.name === name);
    if (found === undefined) continue;
    return completed(found, returned, imports);
  }
  return undefined;
};

/** What is changed in place has to be given back, also where the answer ends before that is written, or in the middle of it. */
const completed = (
  { source, returned }: PythonFunction,
  expected: string | undefined,
  imports: readonly string[],
): WrittenFunction | undefined => {
  const inPlace = expected !== undefined && /^\w+$/.test(expected);
  if (returned === undefined) return inPlace ? { code: `${source}\n    return ${expected}`, imports } : undefined;
  const isCut = inPlace && returned !== expected && expected.startsWith(returned);
  return { code: isCut ? `${source}${expected.slice(returned.length)}` : source, imports };
};
