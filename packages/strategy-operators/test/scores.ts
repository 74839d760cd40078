import type { Evaluator } from "@aide-ts/plugin";

/** Every script is valid, with the score behind its last `x = `; 0 without. Of the task of the stage less is better. */
export const valid: Evaluator = {
  async evaluate({ candidate }) {
    const value = Number(/x = (-?[\d.]+)\s*$/.exec(candidate.code)?.[1] ?? 0);
    const score = { value, source: "held-out" as const };
    return { valid: true, score, scores: [score], feedback: `score ${value}` };
  },
};
