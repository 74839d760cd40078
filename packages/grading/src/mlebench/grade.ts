import type { LeaderboardPlace } from "./leaderboard.ts";
import type { MleBenchReport } from "./report.ts";

/** What becomes of one submission that is to be graded. */
export type MleBenchGrade =
  | {
      readonly kind: "report";
      readonly by: "mlebench" | OwnRules;
      readonly report: MleBenchReport;
      /** Of a valid submission. */
      readonly place?: LeaderboardPlace;
      /** Why a submission is not valid. */
      readonly problem?: string;
    }
  /** There is no leaderboard to rank it by. */
  | {
      readonly kind: "unranked";
      readonly by: OwnRules;
      readonly scored: OwnRulesScore;
      readonly isLowerBetter: boolean;
      readonly because: string;
      readonly fix: string;
    }
  /** There is no grade: neither a good one nor a bad one. */
  | { readonly kind: "none"; readonly problem: string; readonly fix: string };

/** The score of a submission as MLE-bench rounds it, or what makes the submission invalid. */
export type OwnRulesScore =
  | { readonly valid: true; readonly score: number }
  | { readonly valid: false; readonly problem: string };

/** What a submission is scored by without MLE-bench. Of a metric that its page names the grader of MLE-bench may be a variant. */
export interface OwnRules {
  readonly metric: string;
  readonly from: "the grader of MLE-bench" | "the competition's page";
}

/** What grading needs beside the submissions. */
export interface GradingData {
  /** The data root of MLE-bench. */
  readonly dataRoot: string;
  /** Holds `<id>/leaderboard.csv`, as `mlebench/competitions` of a checkout does; an installed MLE-bench has its own. */
  readonly leaderboards?: string;
  /** When the reports say that they were made. */
  readonly createdAt: Date;
}
