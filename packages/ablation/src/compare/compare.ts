import { mean, type Scores } from "@aide-ts/statistics";
import { mismatchesOf } from "../analysis/mismatches.ts";
import { summaryOf, type ArmSummary } from "../analysis/arm-summary.ts";
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
  const plan = planOf(groups, outcome);
  const scores = scoresOf(plan, outcomes);
  return {
    outcome,
    groups: plan.arms.map((arm, at) =>
      summaryOf(
        plan,
        arm,
        scores.map((arms) => arms[at] ?? []),
        outcomes,
      ),
    ),
    tasks: plan.tasks.map(({ name }, task) => ({
      name,
      scores: plan.arms.map((_, at) => averaged(known(scores[task]?.[at] ?? []))),
    })),
    differences: groups.slice(1).map(({ name }, at) => differenceOf(name, scores, at + 1)),
    mismatches: mismatchesOf(plan, outcomes),
  };
};

const planOf = (groups: readonly Group[], outcome: Plan["outcome"]): Plan => {
  const outcomes = groups.flatMap((group) => group.outcomes);
  return {
    name: "comparison",
    base: {},
    tasks: [...new Set(outcomes.map(({ task }) => task))].toSorted().map((name) => ({ name, values: {} })),
    seeds: [...new Set(outcomes.map(({ seed }) => seed))].toSorted((a, b) => a - b),
    arms: groups.map(({ name }) => ({ name, change: {} })),
    contrasts: [],
    outcome,
    tokens: "generated-and-uncached",
    drafts: "own",
    sequential: undefined,
    power: { effect: 0.1, betweenTasks: 0, shared: 0, cell: 0 },
    alpha: 0.05,
    retries: 0,
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
      ? paired.flatMap((differences) => averaged(differences) ?? [])
      : scores.flatMap((arms) => {
          const [control, treated] = [averaged(known(arms[0] ?? [])), averaged(known(arms[at] ?? []))];
          return control === undefined || treated === undefined ? [] : [treated - control];
        });
  return {
    group,
    pairs: pairs.length,
    tasks: ofTasks.length,
    estimate: averaged(ofTasks),
    error: standardErrorOf(ofTasks.length > 1 ? ofTasks : pairs),
  };
};

const known = (values: readonly (number | undefined)[]): readonly number[] =>
  values.filter((value) => value !== undefined);

const averaged = (values: readonly number[]): number | undefined => (values.length === 0 ? undefined : mean(values));

const standardErrorOf = (values: readonly number[]): number | undefined => {
  if (values.length < 2) return undefined;
  const centre = mean(values);
  const squares = values.reduce((sum, value) => sum + (value - centre) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1) / values.length);
};
