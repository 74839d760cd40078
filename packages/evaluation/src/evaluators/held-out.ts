import {
  definePlugin,
  submissionIn,
  type Evaluation,
  type EvaluatorHost,
  type Execution,
  type Lab,
} from "@aide-ts/plugin";
import { z } from "zod";
import { metricNamed } from "../metrics/metric-named.ts";
import { rounded } from "../metrics/standard-error.ts";
import { checkSubmission, type Checked } from "../submission/check.ts";
import { scoreHeldOut, scoredByOwn, type Scored } from "../submission/score.ts";

/** Scores the submission on the rows that the framework held back. Without such rows it still checks the submission's form. */
export const heldOut = definePlugin({
  kind: "evaluator",
  name: "held-out",
  options: z.strictObject({}),
  create: (_options, host) => ({
    async evaluate({ execution }, before, lab) {
      if (host.submission === undefined) return before;
      const checked = await readSubmission(execution, host.submission, lab);
      if (!checked.ok) return refused(checked, before);
      return judge(host, checked.rows, before);
    },
  }),
});

interface Refusal {
  readonly cause: "no-submission" | "bad-submission";
  /** A clause for one line, the first of the feedback. */
  readonly brief: string;
  readonly problem: string;
}

type Read = Extract<Checked, { ok: true }> | ({ readonly ok: false } & Refusal);

const refused = ({ cause, brief, problem }: Refusal, before: Evaluation | undefined): Evaluation => ({
  valid: false,
  cause,
  scores: before?.scores ?? [],
  feedback: `${cause.replace("-", " ")}: ${brief}\n${problem}`,
});

const readSubmission = async (
  execution: Execution,
  format: NonNullable<EvaluatorHost["submission"]>,
  lab: Lab,
): Promise<Read> => {
  const path = submissionIn(execution);
  if (path === undefined) return { ok: false, cause: "no-submission", ...missing(execution) };
  const checked = checkSubmission(await lab.read(execution, path), format);
  return checked.ok ? checked : { ...checked, cause: "bad-submission" };
};

const missing = ({ artifacts }: Execution): Omit<Refusal, "cause"> => {
  const others = artifacts.filter((path) => path.endsWith(".csv")).slice(0, 3);
  const wrote = others.length === 0 ? "" : ` It wrote ./${others.join(", ./")} instead.`;
  return {
    brief:
      others.length === 0 ? "no ./submission/submission.csv" : `./${others[0]} instead of ./submission/submission.csv`,
    problem: `The script ran, but it wrote no ./submission/submission.csv.${wrote}`,
  };
};

const judge = async (
  host: EvaluatorHost,
  rows: ReadonlyMap<string, readonly string[]>,
  before: Evaluation | undefined,
): Promise<Evaluation | undefined> => {
  const scored = await scoreRows(host, rows);
  if (scored === undefined) return before;
  if (!scored.ok) return refused({ ...scored, cause: "bad-submission" }, before);
  const error = Number.isNaN(scored.error) ? {} : { error: scored.error };
  const score = { value: scored.value, source: "held-out" as const, ...error };
  const { metric, direction } = host.task;
  const shown = rounded(scored.value, scored.error);
  const trivial = Number.isNaN(scored.trivial) ? "" : `; a constant scores ${rounded(scored.trivial, scored.error)}`;
  const compared = `${direction === "minimize" ? "Lower" : "Higher"} is better${trivial}.`;
  const scale = scored.useful ? "" : ` ${scored.scale}`;
  const feedback = `${metric} ${shown} on rows it has not seen.\n${compared}${scale}`;
  return { valid: true, score, scores: [...(before?.scores ?? []), score], feedback };
};

/** By the task's own metric, or by the library's; `undefined` where there is neither, or no row. */
const scoreRows = async (
  { heldOut, submission, score, task }: EvaluatorHost,
  rows: ReadonlyMap<string, readonly string[]>,
): Promise<Scored | undefined> => {
  if (heldOut === undefined || submission === undefined) return undefined;
  if (score !== undefined) return scoredByOwn(await score(rows), task.direction);
  const metric = metricNamed(task.metric);
  return metric === undefined ? undefined : scoreHeldOut(metric, submission, heldOut, rows);
};
