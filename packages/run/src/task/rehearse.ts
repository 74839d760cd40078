import { withEstimator, type Estimator } from "@aide-ts/core";
import { checkSubmission, metricNamed, scoreHeldOut } from "@aide-ts/evaluation";
import { submissionIn, type Execution, type Executor, type SubmissionFormat } from "@aide-ts/plugin";
import type { PreparedTask } from "./prepared-task.ts";
import { rehearsalFailed } from "../errors/task.ts";

/** What came of a rehearsal: all went well, or the skeleton does not work on these data while a bare script does. */
export type Rehearsed = { readonly kind: "passed" } | { readonly kind: "skeleton-failed"; readonly why: string };

export interface Rehearsal {
  readonly prepared: PreparedTask;
  /** The script that drafts fill in. */
  readonly skeleton: string;
  readonly executor: Executor;
  /** Runs on the folder of the final run; none where there is none. */
  readonly finalExecutor: Executor | undefined;
  readonly signal: AbortSignal;
}

/**
 * Runs a constant prediction through everything that a solution goes through: the data of the search, the form of the submission, the score, the data of the
 * final run. So what cannot work is refused before a model is asked.
 * @throws AIDE_REHEARSAL_FAILED
 */
export const rehearse = async (rehearsal: Rehearsal): Promise<Rehearsed> => {
  const { prepared, skeleton } = rehearsal;
  const code = withEstimator(skeleton, constant(prepared.resolved.classes));
  if (code === undefined || prepared.data?.submission === undefined) return { kind: "passed" };
  const problem = await problemOf(code, rehearsal);
  if (problem === undefined) return { kind: "passed" };
  const bare = await problemOf(bareScript(code), rehearsal);
  if (bare === undefined) return { kind: "skeleton-failed", why: problem };
  throw rehearsalFailed(bare, problem);
};

/** An estimator that has learnt nothing but the mean, or the classes' shares. */
const constant = (classes: boolean): Estimator => ({
  imported: "from sklearn.dummy import DummyClassifier, DummyRegressor",
  made: classes ? 'DummyClassifier(strategy="prior")' : 'DummyRegressor(strategy="mean")',
});

/** The same without features: it shows whether reading, form and score work, whatever the columns hold. */
const bareScript = (code: string): string =>
  code.replace(/^features = .*$/m, 'train["constant"], test["constant"] = 0, 0\nfeatures = ["constant"]');

const problemOf = async (code: string, rehearsal: Rehearsal): Promise<string | undefined> => {
  const { prepared, executor, finalExecutor, signal } = rehearsal;
  const final = prepared.data?.finalSubmission;
  const [search, last] = await Promise.all([
    attempt(code, prepared.data?.submission, executor, signal),
    finalExecutor === undefined || final === undefined ? undefined : attempt(code, final, finalExecutor, signal),
  ]);
  if (search.kind === "failed") return search.why;
  if (last?.kind === "failed") return `in the final run, ${last.why}`;
  return scoreProblem(prepared, search.rows);
};

type Attempt =
  | { readonly kind: "done"; readonly rows: ReadonlyMap<string, readonly string[]> }
  | { readonly kind: "failed"; readonly why: string };

const attempt = async (
  code: string,
  format: SubmissionFormat | undefined,
  executor: Executor,
  signal: AbortSignal,
): Promise<Attempt> => {
  const execution = await executor.execute({ code }, { signal });
  if (execution.fate !== "ok") return { kind: "failed", why: ended(execution) };
  const path = submissionIn(execution);
  if (path === undefined || format === undefined) return { kind: "failed", why: "it wrote no submission" };
  const checked = checkSubmission(await executor.read(execution, path), format);
  return checked.ok ? { kind: "done", rows: checked.rows } : { kind: "failed", why: checked.problem };
};

const ended = ({ fate, exception }: Execution): string => {
  if (exception === undefined) return `it ended by ${fate}.`;
  const where = exception.frames.findLast(({ file }) => file === "runfile.py");
  return `${exception.type}: ${exception.message.slice(0, 300)}${where === undefined ? "" : ` (${where.source.trim()})`}`;
};

/** A constant scores what the trivial predictor does, but for rounding: more than that means that labels have come in. */
const scoreProblem = (
  { data, resolved: { task } }: PreparedTask,
  rows: ReadonlyMap<string, readonly string[]>,
): string | undefined => {
  const metric = metricNamed(task.metric);
  if (metric === undefined || data?.heldOut === undefined || data.submission === undefined) return undefined;
  const scored = scoreHeldOut(metric, data.submission, data.heldOut, rows);
  if (!scored.ok) return scored.problem;
  const { value, trivial, useful, error } = scored;
  const allowed = Math.max(1e-6 * Math.max(1, Math.abs(trivial)), Number.isNaN(error) ? 0 : error);
  return useful && Math.abs(value - trivial) > allowed
    ? `it scores ${value}, and a constant can score ${trivial} at best.`
    : undefined;
};
