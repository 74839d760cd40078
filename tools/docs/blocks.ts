import { globSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { repository } from "./places.ts";

export interface Block {
  /** From the repository's root. */
  readonly page: string;
  /** Of its first line of text. */
  readonly line: number;
  readonly language: string;
  /** The name of the file that the block is, where it is one: ```ts in-time.ts. */
  readonly file: string | undefined;
  /** What else stands behind the language, as `yours`: commands about data of one's own. */
  readonly info: string;
  readonly text: string;
  /** Lines that a reader does not need and a compiler does, from a comment `<!-- before: … -->` above the block. */
  readonly before: string;
}

/** All pages of which every block is checked: of decisions and results, which say what was done on a day, none is. */
export const pages = (): readonly string[] =>
  ["docs/*.md", "docs/{tutorials,plugins,reference}/*.md", "README.md", "CONTRIBUTING.md", "packages/*/README.md"]
    .flatMap((pattern) => globSync(pattern, { cwd: repository }))
    .map((path) => path.replaceAll("\\", "/"))
    .toSorted();

const fence =
  /^(?<indent> *)(?<ticks>`{3,})(?<language>[^\s`]*)(?: +(?<rest>[^\n`]*))?\n(?<text>[\s\S]*?)^ *\k<ticks>$/gm;

/** The blocks of code of a page. */
export const blocksOf = (page: string): readonly Block[] => {
  const content = readFileSync(repository + page, "utf8");
  return [...content.matchAll(fence)].map(({ index, groups = {} }): Block => {
    const { indent = "", language = "", rest = "", text = "" } = groups;
    const above = content.slice(0, index);
    return {
      page,
      line: above.split("\n").length + 1,
      language,
      file: rest.split(" ").find((word) => word.includes(".")),
      info: rest,
      text: text.replaceAll(new RegExp(`^ {0,${indent.length}}`, "gm"), ""),
      before: /<!-- before:([\s\S]*?)-->\s*$/.exec(above)?.[1]?.trim() ?? "",
    };
  });
};

export const placeOf = ({ page, line }: Block): string => `${page}:${line}`;

const folderOf = ({ page }: Block): string => page.replaceAll(/[/.]/g, "-");

/** Where a block is written to be checked, below the folder of all blocks: beside the others of its page. */
export const fileOf = (block: Block): string =>
  join(folderOf(block), block.file ?? `block-${block.line}.${block.language}`);

/** What readers of the pages have installed. */
const installed = (): ReadonlyMap<string, string> =>
  new Map([
    ...readdirSync(`${repository}packages`).map((name): [string, string] => [
      name.startsWith("create-") ? name : `@aide-ts/${name}`,
      `packages/${name}`,
    ]),
    ["zod", "packages/run/node_modules/zod"],
  ]);

const authorsPlugin = `import type { BuiltWith, Plugin } from "@aide-ts/plugin";
declare const plugin: Plugin<"strategy", { readonly samples: number }> & BuiltWith;
export default plugin;
`;

/** Within the repository, where its own packages are found as well. */
const cacheFolder = join(repository, "node_modules", ".cache", "docs-blocks");

/** Makes a folder with all blocks that are files, for each page one, in which packages are found as by readers who have installed them. */
export const blocksFolder = (blocks: readonly Block[], folder = cacheFolder): string => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [name, path] of installed()) {
    mkdirSync(dirname(join(folder, "node_modules", name)), { recursive: true });
    symlinkSync(join(repository, path), join(folder, "node_modules", name));
  }
  // Of the author of a plugin, whose tests are beside it.
  mkdirSync(join(folder, "src"));
  writeFileSync(join(folder, "src", "index.ts"), authorsPlugin);
  for (const block of blocks) {
    mkdirSync(join(folder, folderOf(block)), { recursive: true });
    if (block.file !== undefined) writeFileSync(join(folder, fileOf(block)), block.text);
  }
  return folder;
};
