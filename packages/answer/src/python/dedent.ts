/** Takes off the indentation that every line has, and line ends of Windows: a block inside a list item is still a script. */
export const dedent = (code: string): string => {
  const lines = code.replaceAll("\r\n", "\n").split("\n");
  let shared: string | undefined;
  for (const line of lines) {
    if (line.trim() === "") continue;
    const own = indentationOf(line);
    shared = shared === undefined ? own : commonStart(shared, own);
    if (shared === "") return lines.join("\n");
  }
  const depth = shared?.length ?? 0;
  return depth === 0 ? lines.join("\n") : lines.map((line) => line.slice(depth)).join("\n");
};

export const indentationOf = (line: string): string => /^[ \t]*/.exec(line)?.[0] ?? "";

const commonStart = (a: string, b: string): string => {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return a.slice(0, length);
};
