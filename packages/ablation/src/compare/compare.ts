import { meanOfAny, variance, type Scores } from "@aide-ts/statistics";
import { mismatchesOf } from "../analysis/mismatches.ts";
import { summariesOf, type ArmSummary } from "../analysis/arm-summary.ts";
import { scoresOf } from "../outcomes/scores.ts";
import type { Plan } from "../plan/plan.ts";
import type { Group } from "./groups.ts";

/** By how much one group's scores are above the first one's, and how sure that is. */
export interface Difference {
  readonly group: string;
  /** Of `pairs` by task and seed where there are any, else of the tasks' means. */
  readonly pairs: number;
  readonly tasks: number;
  /** Mean over tasks; nothing without a task in common. */
  readonly estimate: number | undefined;
  /** Standard error over tasks, over pairs where there is one task; nothing of a single one. */
  readonly error: number | undefined;
}

export interface Compared {
  readonly outcome: Plan["outcome"];
  readonly groups: readonly ArmSummary[];
  readonly tasks: readonly { readonly name: string; readonly scores: readonly (number | undefined)[] }[];
  readonly differences: readonly Difference[];
  readonly mismatches: readonly string[];
}

/**
 * Runs beside runs, by the score that all of them have: that of report labels where all were graded, else their rank by search score. Nothing
 * was declared before these runs, so nothing is tested.
 */
export const compareGroups = (groups: readonly Group[]): Compared => {
  const outcomes = groups.flatMap((group) => group.outcomes);
  const finished = outcomes.filter(({ ending }) => ending?.kind === "finished");
  const outcome = finished.every(({ grades }) => grades !== undefined) ? "report-score" : "search-score";
  const design = designOf(groups, outcome);
  const scores = scoresOf(design, outcomes);
  return {
    outcome,
    groups: summariesOf(design, scores, outcomes),
    tasks: design.tasks.map(({ name }, task) => ({
      name,
      scores: design.arms.map((_, at) => meanOfAny(known(scores[task]?.[at] ?? []))),
    })),
    differences: groups.slice(1).map(({ name }, at) => differenceOf(name, scores, at + 1)),
    mismatches: mismatchesOf(design, outcomes),
  };
};

/** What tells the runs apart, as in the plan of an ablation. */
const designOf = (
  groups: readonly Group[],
  outcome: Plan["outcome"],
): Pick<Plan, "tasks" | "seeds" | "arms" | "outcome" | "tokens"> => {
  const outcomes = groups.flatMap((group) => group.outcomes);
  return {
    tasks: [...new Set(outcomes.map(({ task }) => task))].toSorted().map((name) => ({ name, values: {} })),
    seeds: [...new Set(outcomes.map(({ seed }) => seed))].toSorted((a, b) => a - b),
    arms: groups.map(({ name }) => ({ name, change: {} })),
    outcome,
    tokens: "generated-and-uncached",
  };
};

const differenceOf = (group: string, scores: Scores, at: number): Difference => {
  const paired = scores.map((arms) =>
    (arms[0] ?? []).flatMap((control, seed) => {
      const treated = arms[at]?.[seed];
      return control === undefined || treated === undefined ? [] : [treated - control];
    }),
  );
  const pairs = paired.flat();
  const ofTasks =
    pairs.length > 0
      ? paired.flatMap((differences) => meanOfAny(differences) ?? [])
      : scores.flatMap((arms) => {
          const [control, treated] = [meanOfAny(known(arms[0] ?? [])), meanOfAny(known(arms[at] ?? []))];
          return control === undefined || treated === undefined ? [] : [treated - control];
        });
  return {
    group,
    pairs: pairs.length,
    tasks: ofTasks.length,
    estimate: meanOfAny(ofTasks),
    error: standardErrorOf(ofTasks.length > 1 ? ofTasks : pairs),
  };
};

const known = (values: readonly (number | undefined)[]): readonly number[] =>
  values.filter((value) => value !== undefined);

const standardErrorOf = (values: readonly number[]): number | undefined =>
  values.length < 2 ? undefined : Math.sqrt(variance(values) / values.length);
