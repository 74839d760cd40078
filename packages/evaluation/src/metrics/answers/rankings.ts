import type { RankingMetric } from "../metric.ts";

/** How many of the first are right; one that is answered twice counts once. */
const hitsAmong = (right: readonly string[], answered: readonly string[], first: number): number =>
  new Set(answered.slice(0, first).filter((label) => right.includes(label))).size;

/** Mean of the precisions at the places of right answers, of at most `first` that could be right. */
const averagePrecision =
  (first: number): RankingMetric["ofRow"] =>
  (right, answered) => {
    const seen = new Set<string>();
    let sum = 0;
    answered.slice(0, first).forEach((label, at) => {
      if (!right.includes(label) || seen.has(label)) return;
      seen.add(label);
      sum += seen.size / (at + 1);
    });
    return sum / Math.min(right.length, first);
  };

const discount = (place: number): number => 1 / Math.log2(place + 2);

/** Discounted gain of right answers beside that of the best order (Järvelin and Kekäläinen 2002); each right label gains 1. */
const ndcg =
  (first: number): RankingMetric["ofRow"] =>
  (right, answered) => {
    const seen = new Set<string>();
    let [gain, best] = [0, 0];
    answered.slice(0, first).forEach((label, at) => {
      if (!right.includes(label) || seen.has(label)) return;
      seen.add(label);
      gain += discount(at);
    });
    for (let at = 0; at < Math.min(right.length, first); at++) best += discount(at);
    return gain / best;
  };

const reciprocalRank: RankingMetric["ofRow"] = (right, answered) => {
  const at = answered.findIndex((label) => right.includes(label));
  return at === -1 ? 0 : 1 / (at + 1);
};

const ranking = (name: string, ofRow: RankingMetric["ofRow"]): RankingMetric => ({
  name,
  direction: "maximize",
  input: "ranking",
  ofRow,
});

const atFirst =
  (name: string, of: (first: number) => RankingMetric["ofRow"]) =>
  (first: number): RankingMetric | undefined =>
    Number.isInteger(first) && first >= 1 ? ranking(`${name}@${first}`, of(first)) : undefined;

export const mapMetric = atFirst("map", averagePrecision);
export const ndcgMetric = atFirst("ndcg", ndcg);
export const precisionAtMetric = atFirst(
  "precision",
  (first) => (right, answered) => hitsAmong(right, answered, first) / first,
);
export const recallAtMetric = atFirst(
  "recall",
  (first) => (right, answered) => hitsAmong(right, answered, first) / right.length,
);

export const rankingMetrics: readonly RankingMetric[] = [ranking("mrr", reciprocalRank)];
