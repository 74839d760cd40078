import type { Random } from "@aide-ts/plugin";
import { drawName, drawNormal } from "./draws.ts";
import type { Spot } from "./landscape.ts";
import { madeUp } from "./made-up.ts";

/**
 * A loss, in logarithms, fixed and committed before any search was run on it: `spread` of drafts; `drift`, what a change adds on the average, because most
 * changes do harm; `step`, how far changes scatter, so that three of ten are gains.
 */
export const smoothParameters = { spread: 0.37, drift: 0.12, step: 0.22 } as const;

/** Everything runs and is seen as it is; a child lies near its parent. The loss can fall towards 0 for ever: patience with the best pays. */
export const smooth = madeUp({ name: "smooth", direction: "minimize", optimum: 0 }, (random) =>
  at(smoothParameters.spread * drawNormal(random), random),
);

const at = (logLoss: number, random: Random): Spot => {
  const worth = Math.exp(logLoss);
  return {
    name: drawName(random),
    seen: { valid: true, score: worth, worth },
    tokens: 0,
    seconds: 0,
    child: (_, draw) => at(logLoss + smoothParameters.drift + smoothParameters.step * drawNormal(draw), draw),
  };
};
