import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileOf, type Block } from "./blocks.ts";
import { repository } from "./places.ts";

/** How code that pages show is checked, with the packages' sources in the place of their types. */
export const strictly = {
  strict: true,
  noEmit: true,
  target: "es2024",
  // For the packages' sources.
  lib: ["es2024", "esnext.disposable", "esnext.iterator", "esnext.collection", "esnext.error"],
  module: "nodenext",
  types: ["node"],
  skipLibCheck: true,
  allowImportingTsExtensions: true,
  customConditions: ["@aide-ts/source"],
};

/**
 * Checks blocks of TypeScript, each a module, those with names of files beside one another for each page.
 * Gives what the compiler says, by the place in the page.
 */
export const typeProblems = async (blocks: readonly Block[], folder: string): Promise<readonly string[]> => {
  const places = new Map(blocks.map((block) => [fileOf(block), block]));
  for (const block of blocks) writeFileSync(join(folder, fileOf(block)), asModule(block));
  const compilerOptions = { ...strictly, incremental: true, tsBuildInfoFile: "../docs-blocks.tsbuildinfo" };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["*/*.ts"] }));
  const printed = await outputOf(
    [join(repository, "node_modules/typescript/bin/tsc"), "-p", folder, "--pretty", "false"],
    folder,
  );
  return printed.split("\n").flatMap((line) => {
    const [, file = "", at = "0", message = ""] = /^(.+?)\((\d+),\d+\): (.*)$/.exec(line) ?? [];
    const block = places.get(file);
    // The sources of packages are checked with their own settings.
    if (block === undefined) return line.startsWith("error") ? [line] : [];
    return [`${block.page}:${block.line + Number(at) - 1 - linesBefore(block)} ${message}`];
  });
};

const linesBefore = ({ before }: Block): number => (before === "" ? 0 : before.split("\n").length);

/** Without an export, a file without imports would be a script, and share its names with others. */
const asModule = ({ before, text }: Block): string => `${before === "" ? "" : `${before}\n`}${text}\nexport {};\n`;

const outputOf = (args: readonly string[], cwd: string): Promise<string> =>
  new Promise((resolve) => {
    execFile(process.execPath, [...args], { cwd, maxBuffer: 2 ** 24 }, (_, out, err) => resolve(`${out}${err}`));
  });
