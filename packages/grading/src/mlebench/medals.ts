import type { Leaderboard } from "./leaderboard.ts";

/** The least score for each medal, and the middle of the leaderboard. */
export interface Thresholds {
  readonly gold: number;
  readonly silver: number;
  readonly bronze: number;
  readonly median: number;
}

/** The places of a leaderboard, from 1, whose scores are the thresholds. */
export type MedalPlaces = Readonly<Record<"gold" | "silver" | "bronze", number>>;

/** Of this many teams; at least the first. */
const share = (teams: number, part: number): number => Math.max(1, Math.trunc(teams * part));

/**
 * The last place for each medal among so many teams, at least 1. Kaggle's rules (kaggle.com/progression), rounded as in MLE-bench
 * (https://github.com/openai/mle-bench, mlebench/grade_helpers.py).
 */
export const medalPlaces = (teams: number): MedalPlaces => {
  const gold = 10 + Math.trunc(teams * 0.002);
  if (teams < 100) return { gold: share(teams, 0.1), silver: share(teams, 0.2), bronze: share(teams, 0.4) };
  if (teams < 250) return { gold: 10, silver: share(teams, 0.2), bronze: share(teams, 0.4) };
  if (teams < 1000) return { gold, silver: 50, bronze: 100 };
  return { gold, silver: share(teams, 0.05), bronze: share(teams, 0.1) };
};

/** Teams without a score have a place, but do not count for the median. */
export const thresholdsOf = ({ scores }: Leaderboard): Thresholds => {
  const { gold, silver, bronze } = medalPlaces(scores.length);
  const at = (place: number) => scores[place - 1] ?? Number.NaN;
  return { gold: at(gold), silver: at(silver), bronze: at(bronze), median: median(scores) };
};

const median = (scores: Float64Array): number => {
  const known = scores.filter((score) => !Number.isNaN(score)).sort();
  const middle = known.length / 2;
  const upper = known[Math.floor(middle)] ?? Number.NaN;
  return Number.isInteger(middle) ? ((known[middle - 1] ?? Number.NaN) + upper) / 2 : upper;
};

/** What a score wins. */
export interface Win {
  /** The best of those that it reaches; whoever has a threshold's score reaches it. */
  readonly medal: "gold" | "silver" | "bronze" | undefined;
  /** Better than the median, not just as good. */
  readonly aboveMedian: boolean;
}

/** @param score `undefined` for a submission that is not valid, which wins nothing */
export const winOf = (
  score: number | undefined,
  { gold, silver, bronze, median: middle }: Thresholds,
  isLowerBetter: boolean,
): Win => {
  if (score === undefined) return { medal: undefined, aboveMedian: false };
  const reaches = (threshold: number) => (isLowerBetter ? score <= threshold : score >= threshold);
  const medal = reaches(gold) ? "gold" : reaches(silver) ? "silver" : reaches(bronze) ? "bronze" : undefined;
  return { medal, aboveMedian: isLowerBetter ? score < middle : score > middle };
};
