import type { Spelling } from "../mutate.ts";
import { readPython } from "./python.ts";
import type { Syntax } from "./syntax.ts";
import { readTypeScript } from "./typescript.ts";

export interface Language {
  /** Of its files below a package's folder. */
  readonly files: string;
  readonly spelling: Spelling;
  /** @throws Error for a text that cannot be parsed. */
  readonly read: (texts: readonly string[]) => readonly Syntax[];
}

export const typescript: Language = {
  files: "src/**/*.ts",
  spelling: { yes: "true", no: "false", nothing: ";" },
  read: (texts) => texts.map(readTypeScript),
};

export const python: Language = {
  files: "python/**/*.py",
  spelling: { yes: "True", no: "False", nothing: "pass" },
  read: readPython,
};
