import type { CellOutcome } from "../../src/index.ts";

const finished = { kind: "finished", reason: "steps", message: "" } as const;
export const failed = (cause: "infrastructure" | "plugin" | "user") =>
  ({ kind: "failed", cause, code: "X", message: "" }) as const;

export const cell = (arm: string, seed: number, rest: Partial<CellOutcome> = {}): CellOutcome => ({
  task: "line",
  arm,
  seed,
  folder: `${arm}/${seed}`,
  ending: finished,
  lost: 0,
  grades: undefined,
  direction: "minimize",
  searchScore: undefined,
  steps: [
    { operator: "draft", from: undefined, chosen: "0-1", valid: true },
    { operator: "improve", from: "0-1", chosen: "1-1", valid: false },
  ],
  course: [],
  setting: undefined,
  made: undefined,
  queries: 0,
  searchOf: undefined,
  draft: undefined,
  firstProgram: undefined,
  ledger: {
    uses: [],
    total: { prompt: 0, cached: 0, reasoning: 0, answer: 0 },
    lost: 0,
    executions: 0,
    executorSeconds: 0,
    cost: undefined,
  },
  ...rest,
});

export const graded = (value: number, score?: number, useful = true): Partial<CellOutcome> => ({
  grades: { final: { valid: true, value, useful, score }, solutions: [] },
});
export const refused: Partial<CellOutcome> = {
  grades: { final: { valid: false, brief: "no submission" }, solutions: [] },
};

export const frozen = {
  begun: "2026-11-29T12:00:00.000Z",
  digest: "0123456789abcdef0123",
  added: [],
  version: "0.0.0",
};
