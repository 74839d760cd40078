import { submissionIn, type EvaluatorHost, type Execution, type Fold, type Script, type Task } from "@aide-ts/plugin";
import { advantages, errorOfParts } from "../evaluators/paired.ts";
import { scoreExecution } from "../evaluators/score-execution.ts";
import { mean } from "../metrics/mean.ts";

/** What may be submitted: a solution, or a blend of several. */
export interface FreshCandidate {
  readonly name: string;
  readonly code: string;
}

interface FreshScore {
  readonly name: string;
  /** The mean over all parts. */
  readonly value: number;
  readonly error: number;
}

export type FreshChoice =
  | {
      readonly kind: "chosen";
      /** The best first; what failed on a part is not among them. */
      readonly scores: readonly [FreshScore, ...FreshScore[]];
      readonly parts: number;
    }
  | { readonly kind: "none"; readonly why: string };

/** Runs scripts on views of the data. */
export interface FreshRuns {
  execute(script: Script): Promise<Execution>;
  read(execution: Execution, path: string): Promise<Uint8Array>;
}

/** Parts of one parting of the rows, at most. */
const partsOfRound = 5;

/** No further part is scored once scripts took so long together. */
const mostSeconds = 300;

interface Contender extends FreshCandidate {
  readonly values: number[];
  readonly errors: number[];
}

/**
 * Scores candidates on parts of the rows that the search did not choose by, all of them on one part after the other. Of several that look alike the best looks better
 * than it is; on other parts it does not.
 */
export const chooseAfresh = async (
  candidates: readonly FreshCandidate[],
  fresh: readonly Fold[],
  host: EvaluatorHost,
  runs: FreshRuns,
): Promise<FreshChoice> => {
  if (fresh.length === 0) return { kind: "none", why: "no other parts of the rows can be held back" };
  let contenders: readonly Contender[] = candidates.map((candidate) => ({ ...candidate, values: [], errors: [] }));
  let [seconds, parts] = [0, 0];
  for (const fold of fresh) {
    const left: Contender[] = [];
    for (const contender of contenders) {
      const execution = await runs.execute({ code: contender.code, data: fold.data });
      seconds += execution.seconds;
      if (await scoreInto(contender, execution, fold, host, runs)) left.push(contender);
    }
    contenders = left;
    parts += 1;
    if (contenders.length === 0 || seconds > mostSeconds) break;
  }
  const scores = contenders.map(({ name, values, errors }) => ({
    name,
    value: mean(values),
    // Where rows were parted more than once, the further parts have the rows of the first.
    error: errorOfParts(errors.slice(0, partsOfRound)),
  }));
  const [first, ...others] = scores.toSorted((a, b) => order(host.task, a.value, b.value));
  if (first === undefined) return { kind: "none", why: "no candidate works on other parts of the rows" };
  return { kind: "chosen", scores: [first, ...others], parts };
};

const order = ({ direction }: Task, a: number, b: number): number => -(advantages(direction, [a], [b])[0] ?? 0);

/** Whether it has a score there. */
const scoreInto = async (
  { values, errors }: Contender,
  execution: Execution,
  fold: Fold,
  host: EvaluatorHost,
  runs: FreshRuns,
): Promise<boolean> => {
  if (execution.fate !== "ok" || submissionIn(execution) === undefined) return false;
  const judged = await scoreExecution(host, execution, fold, runs);
  if (judged.kind !== "scored") return false;
  values.push(judged.scored.value);
  errors.push(judged.scored.error);
  return true;
};
