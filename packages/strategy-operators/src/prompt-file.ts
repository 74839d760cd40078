import { readFileSync } from "node:fs";

/** The text of a prompt that this package brings. */
export const promptFile = (name: string): string =>
  readFileSync(new URL(`../prompts/${name}.md`, import.meta.url), "utf8");
