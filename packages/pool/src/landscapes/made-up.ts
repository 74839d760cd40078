import { seededRandom } from "@aide-ts/core";
import type { Random } from "@aide-ts/plugin";
import type { Landscape, Spot } from "./landscape.ts";

/** Drafts of which the median is taken. */
const sample = 10_001;

/** A landscape that follows from a formula; the median of its valid drafts is that of a large sample, the same each time. */
export const madeUp = (
  own: Pick<Landscape, "name" | "direction" | "optimum">,
  draft: (random: Random) => Spot,
): Landscape => {
  let median: number | undefined;
  return {
    ...own,
    metric: "worth",
    draft,
    get median() {
      median ??= medianOf(own.name, draft);
      return median;
    },
  };
};

const medianOf = (name: string, draft: (random: Random) => Spot): number => {
  const random = seededRandom("median draft", name);
  return medianWorth(Array.from({ length: sample }, () => draft(random)));
};

/** The median worth of the valid ones; NaN where none is. */
export const medianWorth = (spots: readonly Spot[]): number => {
  const worths = spots.flatMap(({ seen }) => (seen.valid ? [seen.worth] : [])).sort((a, b) => a - b);
  return worths[Math.floor(worths.length / 2)] ?? Number.NaN;
};
