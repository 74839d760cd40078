import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { aideJournal, type Journal, type Ran } from "@aide-ts/core";
import type { Ensemble, FreshChoice } from "@aide-ts/evaluation";
import { submissionIn, type Executor, type Solution, type SubmissionFormat } from "@aide-ts/plugin";
import { renderTreePage } from "@aide-ts/viz";
import writeFileAtomic from "write-file-atomic";
import type { TaskOrigin } from "../host/run-host.ts";
import type { Afresh } from "./afresh.ts";
import { renderReport } from "../report/report.ts";
import { runLast, runSingle, type LastRun } from "./last-run.ts";

export type Refit =
  | (Extract<LastRun, { kind: "done" }> & {
      /** The blend that was run in place of the best solution. */
      readonly ensemble?: UsedEnsemble | undefined;
      /** Why there is none, where one was wanted. */
      readonly alone?: string | undefined;
      readonly fresh?: ChosenAfresh | undefined;
    })
  | { readonly kind: "none"; readonly why: string; readonly fresh?: ChosenAfresh | undefined };

type UsedEnsemble = Extract<Ensemble, { kind: "chosen" }>;

type ChosenAfresh = Extract<FreshChoice, { kind: "chosen" }>;

export interface FinishOptions {
  readonly name: string;
  readonly logs: string;
  readonly ran: Ran;
  readonly startedAt: number;
  readonly executor: Executor;
  /** Runs on all labelled rows and the user's own test file; none where there is nothing to refit on. */
  readonly finalExecutor: Executor | undefined;
  readonly finalSubmission: SubmissionFormat | undefined;
  /** Chooses a blend of the solutions, where one is wanted. */
  readonly ensemble: ((solutions: readonly Solution[]) => Promise<Ensemble>) | undefined;
  /** Chooses what is submitted on other parts of the rows than the search did, where that is wanted. */
  readonly afresh: Afresh | undefined;
  /** The model of each role. */
  readonly models: ReadonlyMap<string, string>;
  readonly origin: TaskOrigin | undefined;
  /** Takes secrets out of the report: a model's name may hold one. */
  readonly mask: (text: string) => string;
  readonly signal: AbortSignal;
}

/** Writes what people open: best solution and submission, tree, journal, report, and a folder for each solution. */
export const finishRun = async (options: FinishOptions): Promise<Refit> => {
  const { journal } = options.ran;
  await writeDerived(options.name, options.logs, journal, options.startedAt);
  const { best } = journal;
  const refit: Refit =
    best === undefined ? { kind: "none", why: "no solution is valid" } : await refitBest(options, best);
  const { name, logs, ran, models, origin, mask } = options;
  await writeFileAtomic(join(logs, "report.md"), mask(renderReport(name, ran, refit, models, origin)));
  return refit;
};

/** Files that follow from the journal alone. */
export const writeDerived = async (name: string, logs: string, journal: Journal, startedAt: number): Promise<void> => {
  const { task, solutions, best } = journal;
  await writeFileAtomic(
    join(logs, "journal.json"),
    `${JSON.stringify(aideJournal(task, solutions, startedAt), null, 1)}\n`,
  );
  await writeFileAtomic(join(logs, "tree_plot.html"), renderTreePage({ name, task, solutions, best: best?.id }));
  for (const solution of solutions) await writeSolution(logs, solution);
  if (best !== undefined) await writeFileAtomic(join(logs, "best_solution.py"), best.candidate.code);
};

const writeSolution = async (logs: string, { id, candidate, execution, evaluation }: Solution): Promise<void> => {
  const folder = join(logs, "solutions", id);
  await mkdir(folder, { recursive: true });
  await writeFileAtomic(join(folder, "solution.py"), candidate.code);
  await writeFileAtomic(join(folder, "output.txt"), execution?.output ?? "");
  await writeFileAtomic(join(folder, "evaluation.json"), `${JSON.stringify(evaluation, null, 2)}\n`);
};

const refitBest = async (options: FinishOptions, best: Solution): Promise<Refit> => {
  const { logs, ran, finalExecutor, finalSubmission, executor } = options;
  if (finalExecutor === undefined || finalSubmission === undefined) {
    const { solution, fresh } = await chooseAmong(options, best, undefined);
    const kept = await keepSubmission(logs, executor, solution.execution);
    return {
      kind: "none",
      why: kept
        ? "there is no test file of your own: the submission holds the held-back rows"
        : "there is no test file",
      fresh,
    };
  }
  const last = { ...options, finalExecutor, finalSubmission };
  const ensemble = await options.ensemble?.(ran.journal.solutions);
  const blend = ensemble?.kind === "chosen" ? ensemble : undefined;
  const { solution, fresh, blended: wins } = await chooseAmong(options, best, blend);
  const single = async (alone: string | undefined): Promise<Refit> => ({
    ...(await runSingle(last, solution, ran.journal)),
    ...(alone === undefined ? {} : { alone }),
    fresh,
  });
  if (blend === undefined) return single(ensemble?.kind === "none" ? ensemble.why : undefined);
  if (!wins) return single("on other parts of the rows a solution alone is better");
  const blended = await runLast(last, blend.code);
  // What works on each fold may fail on all rows together.
  if (blended.kind === "none") return single(`of the blend, ${blended.why}`);
  await writeFileAtomic(join(logs, "best_solution.py"), blend.code);
  return { ...blended, ensemble: blend, fresh };
};

interface Chosen {
  /** The best that is no blend. */
  readonly solution: Solution;
  readonly blended: boolean;
  readonly fresh: ChosenAfresh | undefined;
}

/** A name that no solution has. */
const blendName = "blend";

/** What is submitted: the search's best or the blend, or what is best on other parts of the rows. */
const chooseAmong = async (
  { logs, ran, afresh }: FinishOptions,
  best: Solution,
  blend: UsedEnsemble | undefined,
): Promise<Chosen> => {
  const searched: Chosen = { solution: best, blended: blend !== undefined, fresh: undefined };
  if (afresh === undefined) return searched;
  const tied = await afresh.tied(ran.journal.solutions);
  const choice = await afresh.choose([
    ...tied.map(({ id, candidate }) => ({ name: id, code: candidate.code })),
    ...(blend === undefined ? [] : [{ name: blendName, code: blend.code }]),
  ]);
  if (choice.kind === "none") return searched;
  const byName = new Map(tied.map((solution) => [solution.id, solution]));
  const solution = choice.scores.map(({ name }) => byName.get(name)).find((one) => one !== undefined) ?? best;
  await writeFileAtomic(join(logs, "best_solution.py"), solution.candidate.code);
  return { solution, blended: choice.scores[0].name === blendName, fresh: choice };
};

const keepSubmission = async (logs: string, executor: Executor, execution: Solution["execution"]): Promise<boolean> => {
  if (execution === undefined) return false;
  const path = submissionIn(execution);
  if (path === undefined) return false;
  // The workspace may have been cleaned, or be another run's that this one was forked from.
  const bytes = await executor.read(execution, path).catch(() => undefined);
  if (bytes === undefined) return false;
  await writeFileAtomic(join(logs, "best_submission.csv"), Buffer.from(bytes));
  return true;
};
