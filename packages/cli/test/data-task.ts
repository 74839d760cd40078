import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fixtures, freshFolder } from "./aide.ts";

/** The text of a table. */
export const lines = (header: string, line: (at: number) => string, count = 60): string =>
  `${header}\n${Array.from({ length: count }, (_, at) => line(at)).join("\n")}\n`;

/** A folder with these files below `data`. */
export const folder = (files: Readonly<Record<string, string>>): string => {
  const root = freshFolder();
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, "data", name)), { recursive: true });
    writeFileSync(join(root, "data", name), content);
  }
  return root;
};

/** An argument: a backend that gives these answers. */
export const backendOf = (answers: readonly string[]): string =>
  `backend=${JSON.stringify({ use: join(fixtures, "scripted-plugin.mjs"), answers })}`;
