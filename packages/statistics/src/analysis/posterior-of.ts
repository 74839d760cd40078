import { hierarchical, type Posterior } from "../effects/hierarchical.ts";
import { mean, variance } from "../moments.ts";
import { differencesOfSeed, type Contrast, type Scores } from "./scores.ts";

/** A contrast by the hierarchical model, each task measured by its seeds; nothing with too few tasks or seeds, or none that differ. */
export const posteriorOf = (scores: Scores, contrast: Contrast): Posterior | undefined => {
  const tasks = scores.flatMap((arms) => {
    const bySeed = (arms[0] ?? []).flatMap((_, seed) => differencesOfSeed([arms], contrast, seed));
    return bySeed.length < 2
      ? []
      : [{ estimate: mean(bySeed), standardError: Math.sqrt(variance(bySeed) / bySeed.length) }];
  });
  return tasks.length < 3 || tasks.some(({ standardError }) => standardError === 0) ? undefined : hierarchical(tasks);
};
