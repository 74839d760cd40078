import { cp } from "node:fs/promises";
import type { Builtins } from "@aide-ts/core";
import { definePlugin, type OptionsSchema, type RunningProgram } from "@aide-ts/plugin";
import { Secrets, type RunHost } from "@aide-ts/run/host";
import { instantBackend, instantExecutor, seedEvaluator } from "./instant.ts";

const anything: OptionsSchema<unknown> = {
  "~standard": {
    version: 1,
    vendor: "bench",
    validate: (value) => ({ value }),
    jsonSchema: { input: () => ({ type: "object" }) },
  },
};

/** What reads a task's data, of a folder without tables: it has nothing to describe, and copies. */
const reader: RunningProgram = {
  request: async (line) => {
    const { ask, with: given }: { ask: string; with: { paths?: string[]; source?: string; target?: string } } =
      JSON.parse(line);
    if (ask === "describe") return JSON.stringify({ value: (given.paths ?? []).map(() => null) });
    if (ask === "copy") await cp(given.source ?? "", given.target ?? "", { recursive: true });
    return JSON.stringify({ value: null });
  },
  [Symbol.asyncDispose]: async () => undefined,
};

const backend = definePlugin({ kind: "backend", name: "instant", options: anything, create: () => instantBackend() });
const executor = definePlugin({
  kind: "executor",
  name: "instant",
  options: anything,
  create: () => instantExecutor(async () => reader),
});
const evaluator = definePlugin({
  kind: "evaluator",
  name: "instant",
  options: anything,
  create: () => seedEvaluator,
});

const none = (): never => {
  throw new TypeError("Every plugin here is named.");
};

/** A host of runs in which nothing but the framework takes time. */
export const instantHost = (cwd: string): RunHost => {
  const builtins: Builtins = new Map<string, () => Promise<unknown>>([
    ["backend:instant", async () => ({ default: backend })],
    ["executor:instant", async () => ({ default: executor })],
    ["evaluator:instant", async () => ({ default: evaluator })],
    ["search:greedy", () => import("@aide-ts/strategy-tree")],
  ]);
  return {
    cwd,
    env: {},
    secrets: new Secrets(),
    builtins,
    shorthands: { backendFor: none, chainFor: none, planner: "planner" },
  };
};
