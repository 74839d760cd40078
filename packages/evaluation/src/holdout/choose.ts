import { seededRandom } from "@aide-ts/core";
import type { Random } from "@aide-ts/plugin";
import type { LabelCensus } from "./census.ts";

/** Fewer labelled rows than this are too few to hold any back. */
const leastRows = 50;

/**
 * Takes exactly `wanted` of `total` things that come one by one, each set of them alike likely (Knuth, TAOCP 3.4.2, Algorithm S): nothing
 * is kept of those passed over.
 */
export const selectionSampler = (wanted: number, total: number, random: Random): (() => boolean) => {
  let [missing, left] = [wanted, total];
  return () => {
    const taken = random() * left < missing;
    left--;
    if (taken) missing--;
    return taken;
  };
};

/**
 * Decides for each labelled row, in order, whether it is held back: a share of all, stratified where the labels are classes. Depends on the
 * labels and the seed, never on a strategy. `undefined` where none are to be held back.
 */
export const holdoutSampler = (
  { labelled, classes }: LabelCensus,
  fraction: number,
  most: number,
  seed: number,
): ((label: string) => boolean) | undefined => {
  if (labelled < leastRows || fraction === 0) return undefined;
  const share = Math.min(fraction, most / labelled);
  const random = seededRandom("holdout", seed, labelled);
  if (classes === undefined) return selectionSampler(Math.round(labelled * share), labelled, random);
  const strata = new Map(
    [...classes].map(([label, rows]) => [label, selectionSampler(Math.round(rows * share), rows, random)]),
  );
  return (label) => strata.get(label)?.() ?? false;
};
