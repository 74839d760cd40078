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

/**
 * Scores candidates on parts of the rows that the search did not choose by. Of several that look alike the best looks better than it is; on other parts it does not.
 */
export const chooseAfresh = async (
  candidates: readonly FreshCandidate[],
  fresh: readonly Fold[],
  host: EvaluatorHost,
  runs: FreshRuns,
): Promise<FreshChoice> => {
  if (fresh.length === 0) return { kind: "none", why: "no other parts of the rows can be held back" };
  const scores: FreshScore[] = [];
  for (const { name, code } of candidates) {
    const scored = await scoreAfresh(code, fresh, host, runs);
    if (scored !== undefined) scores.push({ name, ...scored });
  }
  const [first, ...others] = scores.toSorted((a, b) => order(host.task, a.value, b.value));
  if (first === undefined) return { kind: "none", why: "no candidate works on other parts of the rows" };
  return { kind: "chosen", scores: [first, ...others], parts: fresh.length };
};

const order = ({ direction }: Task, a: number, b: number): number => -(advantages(direction, [a], [b])[0] ?? 0);

const scoreAfresh = async (
  code: string,
  fresh: readonly Fold[],
  host: EvaluatorHost,
  runs: FreshRuns,
): Promise<Omit<FreshScore, "name"> | undefined> => {
  const values: number[] = [];
  const errors: number[] = [];
  for (const fold of fresh) {
    const execution = await runs.execute({ code, data: fold.data });
    if (execution.fate !== "ok" || submissionIn(execution) === undefined) return undefined;
    const judged = await scoreExecution(host, execution, fold, runs);
    if (judged.kind !== "scored") return undefined;
    values.push(judged.scored.value);
    errors.push(judged.scored.error);
  }
  // Where rows were parted more than once, the further parts have the rows of the first.
  return { value: mean(values), error: errorOfParts(errors.slice(0, partsOfRound)) };
};
