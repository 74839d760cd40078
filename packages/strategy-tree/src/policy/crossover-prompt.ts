import { readFileSync } from "node:fs";

/** The coder's prompt for the operator `crossover`: for every plugin that proposes it. */
export const crossoverPrompt: Readonly<Record<string, string>> = {
  "coder/crossover": readFileSync(new URL("../../prompts/crossover.md", import.meta.url), "utf8"),
};
