import { loadPlugin, type Builtins, type PluginOf } from "@aide-ts/core";
import type { Kind } from "@aide-ts/plugin";

const searches = ["greedy", "repeated-sampling", "best-first", "beam", "uct", "ab-mcts", "evolutionary"];

const chainsOfThought = [
  "plan-then-code",
  "chain-of-draft",
  "code-chain",
  "skeleton",
  "self-consistency",
  "best-of-n",
  "plan-search",
  "budget-forcing",
  "no-repeats",
];

const operators = [
  "tune",
  "ablate-blocks",
  "predict-before-running",
  "cross-branch-lessons",
  "fusion",
  "merge",
  "successive-halving",
];

const reflections = [
  "static-repair",
  "reflection",
  "panel",
  "self-debug",
  "self-refine",
  "reflexion",
  "sham-critique",
  "shuffled-critique",
  "edit-without-critique",
  "full-rewrite",
  "resample",
  "oracle-critique",
];

type Load = () => Promise<unknown>;

const named = (kind: string, names: readonly string[], load: Load): readonly (readonly [string, Load])[] =>
  names.map((name) => [`${kind}:${name}`, load]);

/** First-party plugins by their short names. */
export const builtins: Builtins = new Map<string, Load>([
  ["backend:openai", () => import("@aide-ts/backend-openai")],
  ["backend:vllm", () => import("@aide-ts/backend-vllm")],
  ["backend:ollama", () => import("@aide-ts/backend-ollama")],
  ["backend:transformers", () => import("@aide-ts/backend-transformers")],
  ["backend:llamacpp", () => import("@aide-ts/backend-llamacpp")],
  ["executor:local", () => import("@aide-ts/executor-local")],
  ...named("search", searches, () => import("@aide-ts/strategy-tree")),
  ["search:random", () => import("@aide-ts/pool")],
  ...named("strategy", ["tree-of-thought"], () => import("@aide-ts/strategy-tree")),
  ...named("strategy", chainsOfThought, () => import("@aide-ts/strategy-cot")),
  ...named("strategy", operators, () => import("@aide-ts/strategy-operators")),
  ...named("strategy", reflections, () => import("@aide-ts/strategy-reflection")),
  ["evaluator:held-out", () => import("@aide-ts/evaluation")],
  ["evaluator:reported", () => import("@aide-ts/evaluation")],
  ["task-suite:tabular-small", () => import("@aide-ts/suite-tabular-small")],
  ["launcher:local", () => import("@aide-ts/launcher-local")],
  ["launcher:slurm", () => import("@aide-ts/launcher-slurm")],
  ["evaluator:review", () => import("@aide-ts/evaluation")],
]);

/** A first-party plugin by its short name. */
export const loadBuiltin = <K extends Kind>(kind: K, name: string): Promise<PluginOf<K>> =>
  loadPlugin(kind, name, { source: { kind: "command line", folder: "." }, key: kind }, builtins);
