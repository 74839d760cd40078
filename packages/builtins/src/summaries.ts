import { builtinNames } from "@aide-ts/core";
import type { Kind } from "@aide-ts/plugin";
import { builtins, loadBuiltin } from "./plugins.ts";

export const kinds = [
  "strategy",
  "search",
  "backend",
  "executor",
  "evaluator",
  "launcher",
  "task-suite",
] as const satisfies readonly Kind[];

/** Of each plugin that comes with aide its kind, its short name and what it does in one line. */
export const summaries = (): Promise<readonly (readonly [Kind, string, string])[]> =>
  Promise.all(
    kinds.flatMap((kind) =>
      builtinNames(kind, builtins).map(async (name) => {
        const { summary = "" } = await loadBuiltin(kind, name);
        return [kind, name, summary] as const;
      }),
    ),
  );
