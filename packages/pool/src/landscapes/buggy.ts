import type { Random } from "@aide-ts/plugin";
import { drawName, drawNormal } from "./draws.ts";
import type { Spot } from "./landscape.ts";
import { madeUp } from "./made-up.ts";

/**
 * A loss, fixed and committed before any search was run on it. `spread`, `drift` and `step` in logarithms, as in `smooth`. `draftFails`, `changeFails`: the
 * chance of a bug in a draft, and in a change to what runs. `repairable`: the share of bugs that can be repaired; `repaired`: the chance that a
 * debugging step repairs one of these.
 */
export const buggyParameters = {
  spread: 0.55,
  drift: 0.071,
  step: 0.19,
  draftFails: 0.74,
  changeFails: 0.43,
  repairable: 0.47,
  repaired: 0.42,
} as const;

/** Most drafts and many changes fail; debugging repairs some of them, and what it cannot repair shows only by being tried. */
export const buggy = madeUp({ name: "buggy", direction: "minimize", optimum: 0 }, (random) =>
  written(buggyParameters.spread * drawNormal(random), buggyParameters.draftFails, random),
);

/** A script as a model writes it: with a bug, by this chance. */
const written = (logLoss: number, fails: number, random: Random): Spot =>
  random() < fails ? broken(logLoss, random() < buggyParameters.repairable, random) : sound(logLoss, random);

const sound = (logLoss: number, random: Random): Spot => {
  const worth = Math.exp(logLoss);
  return {
    name: drawName(random),
    seen: { valid: true, score: worth, worth },
    tokens: 0,
    seconds: 0,
    child(_, draw) {
      const { drift, step, changeFails } = buggyParameters;
      return written(logLoss + drift + step * drawNormal(draw), changeFails, draw);
    },
  };
};

/** Whatever is tried on it, what is left to do is to repair it. */
const broken = (logLoss: number, repairable: boolean, random: Random): Spot => ({
  name: drawName(random),
  seen: { valid: false, cause: "exception" },
  tokens: 0,
  seconds: 0,
  child: (_, draw) =>
    repairable && draw() < buggyParameters.repaired ? sound(logLoss, draw) : broken(logLoss, repairable, draw),
});
