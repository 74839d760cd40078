import type { Builtins } from "@aide-ts/core";

/** First-party plugins by their short names. */
export const builtins: Builtins = new Map<string, () => Promise<unknown>>([
  ["backend:openai", () => import("@aide-ts/backend-openai")],
  ["backend:vllm", () => import("@aide-ts/backend-vllm")],
  ["backend:ollama", () => import("@aide-ts/backend-ollama")],
  ["backend:transformers", () => import("@aide-ts/backend-transformers")],
  ["backend:llamacpp", () => import("@aide-ts/backend-llamacpp")],
  ["executor:local", () => import("@aide-ts/executor-local")],
  ["search:greedy", () => import("@aide-ts/strategy-tree")],
  ["strategy:static-repair", () => import("@aide-ts/strategy-reflection")],
  ["evaluator:held-out", () => import("@aide-ts/evaluation")],
  ["evaluator:reported", () => import("@aide-ts/evaluation")],
  ["evaluator:review", () => import("@aide-ts/evaluation")],
]);
