/** As much of a line as is looked at. */
const seen = 200;

const statement =
  /^(?:import\s|from\s+\S+\s+import\b|(?:async\s+)?def\s|class\s|(?:async\s+)?with\s|(?:async\s+)?for\s|while\s|if\s|assert\s|try\s*:|[\w.]+\(|[\w.[\]"', ]+=[^=])/;

/** Something that does anything: an import, a definition, a block, an assertion, a call or an assignment at the start of a line. */
export const hasStatement = (code: string): boolean =>
  code.split("\n").some((line) => statement.test(line.trimStart().slice(0, seen)));

/** An import at the start of a line, be it behind the prompt of a session. */
export const hasImport = (code: string): boolean =>
  code.split("\n").some((line) => importStatement.test(line.slice(0, seen)));

const importStatement = /^\s*(?:>>> |In \[\d+\]: )?(?:import\s+\w|from\s+[\w.]+\s+import\b)/;
