import type { Random } from "@aide-ts/plugin";
import { drawName, drawUniform } from "./draws.ts";
import type { Spot } from "./landscape.ts";
import { madeUp } from "./made-up.ts";

/**
 * A gain, fixed and committed before any search was run on it: `ceiling` of a lineage, drawn at its draft; `start`, the share of it that a draft has;
 * `change`, the share of what is left to the ceiling that a child closes, or opens.
 */
export const cappedParameters = { ceiling: [0.23, 1], start: [0.16, 0.64], change: [-0.23, 0.63] } as const;

/** Everything runs and is seen as it is, but what comes of a draft never passes the draft's own ceiling, which shows only by saturation. */
export const capped = madeUp(
  { name: "capped", direction: "maximize", optimum: cappedParameters.ceiling[1] },
  (random) => at(drawUniform(random, cappedParameters.ceiling), drawUniform(random, cappedParameters.start), random),
);

const at = (ceiling: number, share: number, random: Random): Spot => {
  const worth = ceiling * share;
  return {
    name: drawName(random),
    seen: { valid: true, score: worth, worth },
    tokens: 0,
    seconds: 0,
    child(_, draw) {
      const changed = share + (1 - share) * drawUniform(draw, cappedParameters.change);
      return at(ceiling, Math.max(0, changed), draw);
    },
  };
};
