import type { Random } from "@aide-ts/plugin";
import { drawName, drawNormal } from "./draws.ts";
import type { Spot } from "./landscape.ts";
import { madeUp } from "./made-up.ts";

/**
 * An accuracy, fixed and committed before any search was run on it. In logits: `centre` and `spread` of drafts, `drift` and `step` of a change. `noise`: the
 * standard error of a score, about as much as drafts differ.
 */
export const noisyParameters = { centre: -1.1, spread: 0.69, drift: -0.047, step: 0.41, noise: 0.097 } as const;

/** Everything runs, but a score is the worth with an error that is drawn once for each solution: what looks best is often not the best. */
export const noisy = madeUp({ name: "noisy", direction: "maximize", optimum: 1 }, (random) =>
  at(noisyParameters.centre + noisyParameters.spread * drawNormal(random), random),
);

const at = (logit: number, random: Random): Spot => {
  const worth = 1 / (1 + Math.exp(-logit));
  return {
    name: drawName(random),
    seen: { valid: true, score: worth + noisyParameters.noise * drawNormal(random), worth },
    tokens: 0,
    seconds: 0,
    child: (_, draw) => at(logit + noisyParameters.drift + noisyParameters.step * drawNormal(draw), draw),
  };
};
