import type { EvaluatorHost, Solution } from "@aide-ts/plugin";
import { knownParts } from "../evaluators/known-parts.ts";
import { Predictions } from "../evaluators/predictions.ts";
import { foldsOf } from "../evaluators/score-folds.ts";
import { comparesNumbers } from "../metrics/compared.ts";
import { rankedPrograms } from "../choice/candidates.ts";
import { blendScript } from "./blend-script.ts";
import { chooseEnsemble, type ChosenEnsemble } from "./choose-ensemble.ts";

/** Of many solutions the best are tried: more cost time, and are hardly taken in. */
const mostTried = 15;

type Host = Pick<EvaluatorHost, "task" | "submission" | "heldOut" | "folds" | "score" | "runFolder">;

export type Ensemble =
  | (Extract<ChosenEnsemble, { kind: "chosen" }> & {
      readonly members: readonly { readonly solution: Solution; readonly weight: number }[];
      /** Writes one submission of theirs, on whatever data it runs. */
      readonly code: string;
    })
  | Extract<ChosenEnsemble, { kind: "none" }>;

export interface EnsembleLimits {
  /** What one script may take, in seconds. */
  readonly seconds: number;
}

/**
 * A blend of a run's solutions that costs no model call: of what they answered for rows held back, which the run kept. Members of which the scripts together would
 * take longer than one may are left out.
 */
export const ensembleOf = async (
  solutions: readonly Solution[],
  host: Host,
  { seconds }: EnsembleLimits,
): Promise<Ensemble> => {
  const { task, submission } = host;
  const parts = (host.folds?.length ?? 0) + 1;
  if (submission === undefined) return { kind: "none", why: "there is no sample submission" };
  const whole = rankedPrograms(task, solutions)
    .filter(({ evaluation }) => foldsOf(evaluation).length === parts)
    .slice(0, mostTried);
  const predictions = new Predictions(host.runFolder);
  const known = await Promise.all(
    whole.map(async (solution) => ({ solution, parts: await knownParts(host, solution, predictions) })),
  );
  const usable = withinTime(
    known.filter((one) => one.parts.length === parts && one.parts.every(({ compared }) => compared.length > 0)),
    seconds,
  );
  const chosen = chooseEnsemble(
    usable.map((one) => one.parts.map(({ compared }) => compared.filter(comparesNumbers))),
    task.direction,
  );
  if (chosen.kind === "none") return chosen;
  const members = usable.flatMap(({ solution }, at) => {
    const weight = chosen.counts[at] ?? 0;
    return weight === 0 ? [] : [{ solution, weight }];
  });
  const scripts = members.map(({ solution, weight }) => ({ id: solution.id, weight, code: solution.candidate.code }));
  return { ...chosen, members, code: blendScript(scripts, chosen.blending, submission) };
};

/** The final run has more rows than one of the search; half of the time is kept for that. */
const withinTime = <T extends { readonly solution: Solution }>(all: readonly T[], seconds: number): readonly T[] => {
  let left = seconds / 2;
  return all.filter(({ solution }) => {
    const own = solution.execution?.seconds ?? 0;
    if (own > left) return false;
    left -= own;
    return true;
  });
};
