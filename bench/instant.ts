import type { Backend, Evaluator, Executor } from "@aide-ts/plugin";

// A model, a Python and a judge that take no time: what is left is the engine's own.

const filler = Array.from({ length: 36 }, (_, at) => `feature_${at} = train["column_${at}"].fillna(${at})`).join("\n");

/** Writes a script of 36 lines that says the call's seed. */
export const instantBackend = (onAsked: () => void = () => undefined): Backend => ({
  model: "scripted",
  capabilities: async () => ({ has: ["seed"], contextTokens: 8192, details: {} }),
  generate: async (_request, { seed }) => {
    onAsked();
    const text = `A gradient boosting model.\n\n\`\`\`python\nseed = ${seed}\n${filler}\n\`\`\``;
    const usage = { prompt: 800, cached: 700, reasoning: 0, answer: 400, estimated: false };
    return { text, reasoning: "", finish: "stop", usage, timing: { queuedMs: 0, firstTokenMs: 0, totalMs: 0 } };
  },
  [Symbol.asyncDispose]: async () => undefined,
});

/** @param start a program of the framework; none can be started without */
export const instantExecutor = (
  start: Executor["start"] = () => Promise.reject(new TypeError("Nothing is read here.")),
): Executor => {
  let executed = 0;
  return {
    environment: async () => ({
      python: "3.12.0",
      packages: [],
      cpus: 1,
      memoryBytes: 1,
      gpus: [],
      seconds: 1,
      details: {},
    }),
    execute: async () => ({ id: String(executed++), fate: "ok", output: "trained\n", seconds: 0, artifacts: [] }),
    start,
    read: async () => new Uint8Array(),
    [Symbol.asyncDispose]: async () => undefined,
  };
};

/** One solution of three is invalid; scores follow from the code. */
export const seedEvaluator: Evaluator = {
  evaluate: async ({ candidate }) => {
    const seed = Number(/seed = (\d+)/.exec(candidate.code)?.[1]);
    if (seed % 3 === 0)
      return { valid: false, cause: "bad-submission", scores: [], feedback: "It holds too few rows." };
    const score = { value: (seed % 100_003) / 100_003, source: "held-out" as const };
    return { valid: true, score, scores: [score], feedback: `rmse ${score.value} on rows it has not seen.` };
  },
};
