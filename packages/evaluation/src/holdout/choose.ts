import { seededRandom } from "@aide-ts/core";

/** Fewer labelled rows than this are too few to hold any back. */
const leastRows = 50;

/**
 * Chooses the rows that are held back: a share of the labelled ones, stratified where the label has few values. Depends on the labels and the
 * seed, never on a strategy.
 */
export const chooseHeldOut = (
  labels: readonly (string | undefined)[],
  fraction: number,
  most: number,
  seed: number,
): ReadonlySet<number> => {
  const labelled = labels.flatMap((label, row) => (label === undefined ? [] : [{ label, row }]));
  if (labelled.length < leastRows || fraction === 0) return new Set();
  const share = Math.min(fraction, most / labelled.length);
  const groups = Map.groupBy(labelled, ({ label }) => label);
  const strata = groups.size <= 20 ? [...groups.values()] : [labelled];
  const random = seededRandom("holdout", seed, labelled.length);
  return new Set(
    strata.flatMap((rows) =>
      shuffled(
        rows.map(({ row }) => row),
        random,
      ).slice(0, Math.round(rows.length * share)),
    ),
  );
};

/** Fisher–Yates. */
const shuffled = <T>(values: readonly T[], random: () => number): T[] => {
  const mixed = [...values];
  for (let i = mixed.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    const [a, b] = [mixed[i], mixed[j]];
    if (a !== undefined && b !== undefined) [mixed[i], mixed[j]] = [b, a];
  }
  return mixed;
};
