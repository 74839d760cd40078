import type { Kind } from "@aide-ts/plugin";

/** Plugins that come with aide: a config that names one of these gets it, whatever is installed. */
export const builtinNames: Readonly<Record<Kind, readonly string[]>> = {
  strategy: [
    "tree-of-thought",
    "plan-then-code",
    "chain-of-draft",
    "code-chain",
    "skeleton",
    "self-consistency",
    "best-of-n",
    "plan-search",
    "budget-forcing",
    "no-repeats",
    "tune",
    "ablate-blocks",
    "predict-before-running",
    "cross-branch-lessons",
    "fusion",
    "merge",
    "successive-halving",
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
  ],
  search: ["greedy", "repeated-sampling", "best-first", "beam", "uct", "ab-mcts", "evolutionary", "random"],
  backend: ["openai", "vllm", "ollama", "transformers", "llamacpp"],
  executor: ["local"],
  evaluator: ["held-out", "reported", "review"],
  launcher: ["local", "slurm"],
  "task-suite": ["tabular-small"],
};

/** Packages of the scaffold: one that is called as a config says is looked for first. */
export const packagesBeside: readonly string[] = ["typescript", "vitest", "zod"];
