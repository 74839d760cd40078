import {
  submissionIn,
  type Candidate,
  type Evaluation,
  type Evaluator,
  type Execution,
  type Executor,
  type Lab,
  type Rivals,
  type Score,
  type Task,
} from "@aide-ts/plugin";
import type { Budget } from "../budget/budget.ts";
import { shortDigest } from "../hashing/digest.ts";
import type { Effects } from "./effects.ts";
import { failedExecution } from "./feedback.ts";
import type { Observer } from "./observer.ts";
import { evaluationPlace, isFileSafe } from "./place.ts";
import { executionIdUnsafe } from "../errors/engine.ts";

export interface Judged {
  readonly execution: Execution;
  readonly evaluation: Evaluation;
}

export interface EvaluationDeps {
  readonly effects: Effects;
  readonly budget: Budget;
  readonly executor: Executor;
  readonly evaluators: readonly Evaluator[];
  readonly task: Task;
  readonly observe: Observer;
  readonly signal: AbortSignal;
  /** What evaluators are given; its calls are logged under the code's hash. */
  readonly lab: (codeHash: string) => Lab;
}

/** Runs and judges each code once in a run, whichever branch asks first; the others wait for it. */
export class Evaluations {
  readonly #deps: EvaluationDeps;
  readonly #judged = new Map<string, Promise<Judged>>();

  constructor(deps: EvaluationDeps) {
    this.#deps = deps;
  }

  /** @param rivals those of whoever asks first */
  judge(candidate: Candidate, rivals: Rivals): Promise<Judged> {
    const hash = shortDigest(candidate.code);
    const known = this.#judged.get(hash);
    if (known !== undefined) return known;
    const judging = this.#judge(candidate, rivals, hash);
    this.#judged.set(hash, judging);
    judging.catch(() => this.#judged.delete(hash));
    return judging;
  }

  #judge(candidate: Candidate, rivals: Rivals, hash: string): Promise<Judged> {
    return this.#deps.effects.run({
      place: evaluationPlace(hash),
      kind: "evaluate",
      hash,
      details: () => ({}),
      perform: async () => {
        const execution = await execute(this.#deps, `execute-${hash}`, { code: candidate.code });
        const evaluation = failedExecution(execution) ?? (await this.#ask(candidate, execution, rivals, hash));
        return { value: { execution, evaluation } };
      },
    });
  }

  async #ask(candidate: Candidate, execution: Execution, rivals: Rivals, hash: string): Promise<Evaluation> {
    const lab = this.#deps.lab(hash);
    let evaluation: Evaluation | undefined;
    for (const evaluator of this.#deps.evaluators)
      evaluation = (await evaluator.evaluate({ candidate, execution, rivals }, evaluation, lab)) ?? evaluation;
    return evaluation === undefined ? unscored(execution) : ranked(evaluation);
  }
}

/** A logged execution of a script, billed as one. */
export const execute = (
  {
    effects,
    budget,
    executor,
    observe,
    signal,
  }: Pick<EvaluationDeps, "effects" | "budget" | "executor" | "observe" | "signal">,
  place: string,
  script: Parameters<Executor["execute"]>[0],
): Promise<Execution> =>
  effects.run({
    place,
    kind: "execute",
    hash: shortDigest({ ...script }),
    details: () => ({ code: script.code }),
    perform: async () => {
      budget.startExecution();
      observe({ kind: "execution-started", place });
      const execution = await executor.execute(script, { signal });
      if (!isFileSafe(execution.id)) throw executionIdUnsafe(execution.id);
      budget.endExecution(execution.seconds);
      observe({ kind: "execution-ended", place, execution });
      return { value: execution };
    },
  });

/** What nobody could judge. A submission that lies there is never denied. */
const unscored = (execution: Execution): Evaluation => {
  const wrote = submissionIn(execution);
  return wrote === undefined
    ? {
        valid: false,
        cause: "no-submission",
        scores: [],
        feedback: "The script ran, but nothing tells how good it is: it wrote no ./submission/submission.csv.",
      }
    : {
        valid: false,
        cause: "no-score",
        scores: [],
        feedback: `The script ran and wrote ./${wrote}, but no rows are held back to score it on, and it printed no line \`validation score: <number>\`.`,
      };
};

const trust: readonly Score["source"][] = ["held-out", "reported", "review"];

/** The most trusted score counts, whatever the order of the evaluators. */
const ranked = (evaluation: Evaluation): Evaluation => {
  if (!evaluation.valid) return evaluation;
  const best = trust.flatMap((source) => evaluation.scores.filter((score) => score.source === source))[0];
  return best === undefined ? evaluation : { ...evaluation, score: best };
};
