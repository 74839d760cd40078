/** Without the commands that notebooks read and Python does not: `!pip install x`, `%matplotlib inline`. */
export const withoutMagics = (code: string): string =>
  code
    .split("\n")
    .filter((line) => !/^\s*(?:!|%%?[a-z])/.test(line))
    .join("\n");

/** Without numbers that count the lines. */
export const withoutLineNumbers = (code: string): string => {
  const lines = code.split("\n").filter((line) => line.trim() !== "");
  const first = Number(numbered.exec(lines[0] ?? "")?.[1] ?? Number.NaN);
  return lines.every((line, at) => Number(numbered.exec(line)?.[1]) === first + at)
    ? lines.map((line) => line.replace(numbered, "")).join("\n")
    : code;
};

const numbered = /^\s{0,6}(\d{1,5})(?:[:|.)]| {1,2}\||(?= )|$) ?/;
