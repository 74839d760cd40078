import { join } from "node:path";
import { checkSubmission, rankedPrograms } from "@aide-ts/evaluation";
import type { Journal } from "@aide-ts/core";
import { submissionIn, type Executor, type Fate, type Solution, type SubmissionFormat } from "@aide-ts/plugin";
import writeFileAtomic from "write-file-atomic";

export interface LastRunOptions {
  readonly logs: string;
  readonly finalExecutor: Executor;
  readonly finalSubmission: SubmissionFormat;
  readonly signal: AbortSignal;
}

export type LastRun =
  | {
      readonly kind: "done";
      readonly rows: number;
      /** Which solution was run in place of the one that was chosen, and why. */
      readonly instead?: { readonly of: string; readonly solution: string; readonly why: string } | undefined;
    }
  | { readonly kind: "none"; readonly why: string; readonly fate: Fate };

/** Runs a script on all labelled rows, and keeps its submission. */
export const runLast = async (
  { logs, finalExecutor, finalSubmission, signal }: LastRunOptions,
  code: string,
): Promise<LastRun> => {
  const execution = await finalExecutor.execute({ code }, { signal });
  const { fate, exception } = execution;
  const path = submissionIn(execution);
  if (fate !== "ok" || path === undefined)
    return { kind: "none", why: `the final run failed (${exception?.type ?? fate})`, fate };
  const bytes = await finalExecutor.read(execution, path);
  const checked = checkSubmission(bytes, finalSubmission);
  if (!checked.ok) return { kind: "none", why: `the final submission is not valid: ${checked.problem}`, fate };
  await writeFileAtomic(join(logs, "best_submission.csv"), Buffer.from(bytes));
  return { kind: "done", rows: checked.rows.size };
};

/** Each may take as long as a script may. */
const mostInstead = 3;

/**
 * Runs the chosen solution on all labelled rows, and where that fails the next best ones: they have more rows there than in the search, and a submission by another
 * solution is worth more than none. After one that took too long, only those are run that took at most half as long in the search.
 */
export const runSingle = async (
  options: LastRunOptions,
  chosen: Solution,
  { task, solutions }: Pick<Journal, "task" | "solutions">,
): Promise<LastRun> => {
  const first = await runLast(options, chosen.candidate.code);
  if (first.kind === "done") return first;
  const others = rankedPrograms(task, solutions).filter(
    ({ candidate, evaluation }) => evaluation.valid && candidate.code !== chosen.candidate.code,
  );
  let longest = first.fate === "timeout" ? secondsOf(chosen) / 2 : Infinity;
  let tried = 0;
  for (const other of others) {
    if (tried === mostInstead) break;
    if (secondsOf(other) > longest) continue;
    tried += 1;
    const last = await runLast(options, other.candidate.code);
    if (last.kind === "done") {
      await writeFileAtomic(join(options.logs, "best_solution.py"), other.candidate.code);
      return { ...last, instead: { of: chosen.id, solution: other.id, why: first.why } };
    }
    if (last.fate === "timeout") longest = secondsOf(other) / 2;
  }
  return first;
};

const secondsOf = ({ execution }: Solution): number => execution?.seconds ?? 0;
