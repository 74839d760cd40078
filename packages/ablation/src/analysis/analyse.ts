import {
  posteriorOf,
  signFlips,
  taskDifferences,
  tasksLikeThese,
  theseTasks,
  upTo,
  type Comparison,
  type Posterior,
  type Scores,
  type TaskClaim,
  type TheseTasks,
} from "@aide-ts/statistics";
import type { Plan } from "../plan/plan.ts";
import type { MadeWith } from "../outcomes/made-with.ts";
import { byCell, type CellOutcome } from "../outcomes/read-outcome.ts";
import { scoresOf } from "../outcomes/scores.ts";
import { anytimeOf, type Anytime } from "./anytime.ts";
import { decompositionOf, transitionsOf, type Decomposition, type Transitions } from "./decomposition.ts";
import { completeBlocks, looksOf } from "./looks.ts";
import { mismatchesOf } from "./mismatches.ts";
import { inCommon, type InCommon } from "./in-common.ts";
import { passAtKOf, type ArmPassAtK } from "./pass-at-k.ts";
import { spendingOf, type ArmSpending } from "./spending.ts";
import { otherUnitsOf, type OtherUnit } from "./token-units.ts";
import { summariesOf, type ArmSummary } from "./arm-summary.ts";

/** What an ablation says of one contrast. */
export interface ContrastResult {
  readonly contrast: string;
  /** Whether arms differ on tasks like these: the claim that was declared. */
  readonly claim: TaskClaim;
  /** The same differences by their signs; nothing without tasks. */
  readonly signs: Comparison | undefined;
  /** Whether they differ on these tasks; nothing for effects of several arms. */
  readonly theseTasks: TheseTasks | undefined;
  /** Where the cells that are compared ended one search. */
  readonly inCommon: Extract<InCommon, "search"> | undefined;
  /** Sensitivity analysis, never a claim; nothing where it cannot be estimated. */
  readonly posterior: Posterior | undefined;
}

export interface Analysis {
  readonly scores: Scores;
  readonly arms: readonly ArmSummary[];
  readonly decompositions: readonly Decomposition[];
  readonly transitions: readonly Transitions[];
  readonly anytime: Anytime | undefined;
  readonly spending: readonly ArmSpending[];
  readonly passAtK: readonly ArmPassAtK[];
  /** The contrasts, had tokens been counted otherwise; none where no cell was graded by references. */
  readonly otherUnits: readonly OtherUnit[];
  /** What cells were made with, and how many of them. */
  readonly madeWith: readonly { readonly what: Omit<MadeWith, "exploratory">; readonly cells: number }[];
  /** Tasks of which cells were no test of a frozen setup. */
  readonly exploratory: readonly string[];
  /** What was not the same in cells that are compared. */
  readonly mismatches: readonly string[];
  readonly results: readonly ContrastResult[];
}

/** All that a report says, from the outcomes of the cells alone. */
export const analyse = (plan: Plan, given: readonly CellOutcome[]): Analysis => {
  // Sums of the same numbers in another order are other numbers.
  const outcomes = given.toSorted((a, b) => compare(a.task, b.task) || compare(a.arm, b.arm) || a.seed - b.seed);
  const { alpha, contrasts } = plan;
  // Randomisation tests draw the same in every report.
  const drawing = { seed: 1, level: 1 - alpha };
  const looked = looksOf(plan)?.(completeBlocks(plan, outcomes));
  const all = scoresOf(plan, outcomes);
  // A block that is not complete has not been looked at.
  const scores = looked === undefined ? all : upTo(all, looked.seeds.length);
  const claims = tasksLikeThese(scores, contrasts, { alpha, looked });
  const signs = signFlips(
    contrasts.map((contrast) => taskDifferences(scores, contrast).map((difference) => ({ difference, weight: 1 }))),
    drawing,
  );
  const cellOf = byCell(outcomes);
  const common = contrasts.map((contrast) => inCommon(plan, contrast, cellOf));
  const these = theseTasks(
    scores,
    contrasts.map((contrast, at) => ({ contrast, isPaired: common[at] !== undefined })),
    drawing,
  );
  return {
    scores,
    arms: summariesOf(plan, scores, outcomes),
    decompositions: plan.arms.flatMap(({ name }) => decompositionOf(name, outcomes) ?? []),
    transitions: plan.arms.flatMap(({ name }) => transitionsOf(name, outcomes)),
    anytime: anytimeOf(plan, outcomes),
    spending: plan.arms.map(({ name }) => spendingOf(plan, name, outcomes)),
    passAtK: plan.arms.map(({ name }) => passAtKOf(name, outcomes)),
    otherUnits: otherUnitsOf(plan, outcomes),
    madeWith: madeWithOf(outcomes),
    exploratory: [...new Set(outcomes.flatMap(({ task, made }) => (made?.exploratory === undefined ? [] : [task])))],
    mismatches: mismatchesOf(plan, outcomes),
    results: contrasts.flatMap((contrast, at) => {
      const claim = claims[at];
      if (claim === undefined) return [];
      return {
        contrast: contrast.name,
        claim,
        signs: claim.tasks === 0 ? undefined : signs[at],
        theseTasks: these[at],
        // Of drafts nothing is kept, as in reports made before searches were shared.
        inCommon: common[at] === "search" ? "search" : undefined,
        posterior: posteriorOf(scores, contrast),
      };
    }),
  };
};

const madeWithOf = (outcomes: readonly CellOutcome[]): Analysis["madeWith"] => {
  const groups = Map.groupBy(
    outcomes.flatMap(({ made }) => {
      if (made === undefined) return [];
      const { exploratory: _, ...what } = made;
      return what;
    }),
    (what) => JSON.stringify(what),
  );
  return [...groups.values()].flatMap((some) => {
    const [what] = some;
    return what === undefined ? [] : { what, cells: some.length };
  });
};

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
