import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import { submissionIn, type Score, type Solution } from "@aide-ts/plugin";
import { inRun, readRecord, readRun, type RunRecord } from "@aide-ts/run/record";

/** A submission that a run left, or why there is none. */
export type LeftSubmission =
  | { readonly kind: "file"; readonly path: string }
  | { readonly kind: "none"; readonly brief: string; readonly problem: string };

/** What the search saw of a solution. */
export type SearchScore = Pick<Score, "value" | "error" | "source">;

/** The submissions of a run that has ended. */
export interface RunSubmissions {
  readonly run: string;
  /** The run's log folder. */
  readonly logs: string;
  readonly origin: RunRecord["origin"];
  /** `best_submission.csv`. */
  readonly final: LeftSubmission;
  readonly solutions: readonly {
    readonly id: string;
    readonly search?: SearchScore;
    /** It may have rows that the search held back beside those of the test file. */
    readonly submission: LeftSubmission;
  }[];
}

/** The final submission of a run, in its log folder. */
export const finalFile = "best_submission.csv";

/** @throws AIDE_RUN_UNREADABLE */
export const runSubmissions = async (logs: string): Promise<RunSubmissions> => {
  const { origin, workspace } = await readRecord(logs);
  const { journal } = await readRun(logs);
  const final = join(logs, finalFile);
  return {
    run: basename(logs),
    logs,
    origin,
    final: existsSync(final)
      ? { kind: "file", path: final }
      : none("no final submission", `The run has no ${finalFile}.`),
    solutions: journal.solutions.map(({ id, execution, evaluation }) => ({
      id,
      ...(evaluation.valid ? { search: evaluation.score } : {}),
      submission: leftBy(execution, join(inRun(logs, workspace), "executions")),
    })),
  };
};

const leftBy = (execution: Solution["execution"], executions: string): LeftSubmission => {
  const name = execution === undefined ? undefined : submissionIn(execution);
  if (execution === undefined || name === undefined) return none("no submission", "The script left no submission.");
  const path = join(executions, execution.id, name);
  return existsSync(path)
    ? { kind: "file", path }
    : none("workspace cleaned", "The submission is gone with the run's workspace.");
};

const none = (brief: string, problem: string): LeftSubmission => ({ kind: "none", brief, problem });
