import { z } from "zod";
import type { Leaderboard } from "./leaderboard.ts";
import { thresholdsOf, winOf } from "./medals.ts";

/** The report on one submission, with the keys that MLE-bench's has. */
export const mleBenchReport = z.object({
  competition_id: z.string(),
  /** To five decimals; null for a submission that is not valid. */
  score: z.number().nullable(),
  gold_threshold: z.number(),
  silver_threshold: z.number(),
  bronze_threshold: z.number(),
  median_threshold: z.number(),
  any_medal: z.boolean(),
  gold_medal: z.boolean(),
  silver_medal: z.boolean(),
  bronze_medal: z.boolean(),
  above_median: z.boolean(),
  submission_exists: z.boolean(),
  valid_submission: z.boolean(),
  is_lower_better: z.boolean(),
  /** ISO 8601. */
  created_at: z.string(),
  submission_path: z.string(),
});

export type MleBenchReport = z.output<typeof mleBenchReport>;

/** Ranks a score by a leaderboard, as MLE-bench's `grade_csv` does. */
export const reportOf = (
  submission: {
    readonly id: string;
    readonly path: string;
    readonly exists: boolean;
    readonly score: number | undefined;
    readonly createdAt: Date;
  },
  leaderboard: Leaderboard,
): MleBenchReport => {
  const { id, path, exists, score, createdAt } = submission;
  const thresholds = thresholdsOf(leaderboard);
  const { medal, aboveMedian } = winOf(score, thresholds, leaderboard.isLowerBetter);
  return {
    competition_id: id,
    score: score ?? null,
    gold_threshold: thresholds.gold,
    silver_threshold: thresholds.silver,
    bronze_threshold: thresholds.bronze,
    median_threshold: thresholds.median,
    any_medal: medal !== undefined,
    gold_medal: medal === "gold",
    silver_medal: medal === "silver",
    bronze_medal: medal === "bronze",
    above_median: aboveMedian,
    submission_exists: exists,
    valid_submission: score !== undefined,
    is_lower_better: leaderboard.isLowerBetter,
    created_at: createdAt.toISOString(),
    submission_path: path,
  };
};

/** What `mlebench grade` writes over several reports. */
export interface MleBenchSummary {
  readonly total_runs: number;
  readonly total_runs_with_submissions: number;
  readonly total_valid_submissions: number;
  readonly total_medals: number;
  readonly total_gold_medals: number;
  readonly total_silver_medals: number;
  readonly total_bronze_medals: number;
  readonly total_above_median: number;
  readonly competition_reports: readonly MleBenchReport[];
}

type Flag = { [K in keyof MleBenchReport]: MleBenchReport[K] extends boolean ? K : never }[keyof MleBenchReport];

export const summaryOf = (reports: readonly MleBenchReport[]): MleBenchSummary => {
  const count = (flag: Flag) => reports.filter((report) => report[flag]).length;
  return {
    total_runs: reports.length,
    total_runs_with_submissions: count("submission_exists"),
    total_valid_submissions: count("valid_submission"),
    total_medals: count("any_medal"),
    total_gold_medals: count("gold_medal"),
    total_silver_medals: count("silver_medal"),
    total_bronze_medals: count("bronze_medal"),
    total_above_median: count("above_median"),
    competition_reports: reports,
  };
};
