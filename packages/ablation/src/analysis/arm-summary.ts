import { meanOfAny, type Scores } from "@aide-ts/statistics";
import type { Arm, Plan } from "../plan/plan.ts";
import type { CellOutcome } from "../outcomes/read-outcome.ts";
import { inUnit } from "../outcomes/tokens.ts";

/** What an arm came to, over all of its cells. */
export interface ArmSummary {
  readonly arm: string;
  readonly cells: number;
  readonly made: number;
  readonly missing: number;
  /** Mean over tasks of means over seeds; nothing without a cell. */
  readonly score: number | undefined;
  /** Shares of the cells made. */
  readonly useful: number;
  readonly valid: number;
  readonly validSteps: number;
  /** Shares of the cells made whose submission MLE-bench places so; nothing without a competition. */
  readonly aboveMedian: number | undefined;
  readonly anyMedal: number | undefined;
  /** In the ablation's unit, of a cell in the mean. */
  readonly tokens: number;
  readonly executions: number;
  /** Attempts that infrastructure ended, and their share of all attempts. */
  readonly lost: number;
  readonly lostShare: number;
}

type Counted = Pick<Plan, "tasks" | "seeds" | "tokens">;

/** @param scores by task, arm and seed */
export const summariesOf = (
  plan: Counted & Pick<Plan, "arms">,
  scores: Scores,
  outcomes: readonly CellOutcome[],
): readonly ArmSummary[] =>
  plan.arms.map((arm, at) =>
    summaryOf(
      plan,
      arm,
      scores.map((arms) => arms[at] ?? []),
      outcomes,
    ),
  );

/** @param scores of the arm, by task and seed */
const summaryOf = (
  plan: Counted,
  arm: Arm,
  scores: readonly (readonly (number | undefined)[])[],
  outcomes: readonly CellOutcome[],
): ArmSummary => {
  const cells = outcomes.filter((cell) => cell.arm === arm.name);
  const made = cells.filter(({ ending }) => ending !== undefined);
  const lost = cells.reduce((sum, cell) => sum + cell.lost, 0);
  const attempts = lost + made.filter(({ ending }) => ending?.kind === "finished").length;
  const tasks = scores.flatMap((seeds) => meanOfAny(seeds.filter((score) => score !== undefined)) ?? []);
  const share = (of: (cell: CellOutcome) => number): number => meanOfAny(made.map(of)) ?? 0;
  return {
    arm: arm.name,
    cells: plan.tasks.length * plan.seeds.length,
    made: made.length,
    missing: scores.flat().filter((score) => score === undefined).length,
    score: meanOfAny(tasks),
    useful: share(({ grades }) => (grades?.final.valid === true && grades.final.useful ? 1 : 0)),
    valid: share(({ grades }) => (grades?.final.valid === true ? 1 : 0)),
    validSteps: share(({ steps }) =>
      steps.length === 0 ? 0 : steps.filter(({ valid }) => valid).length / steps.length,
    ),
    ...placesOf(made),
    tokens: share(({ ledger }) => inUnit(ledger.total, plan.tokens)),
    executions: share(({ ledger }) => ledger.executions),
    lost,
    lostShare: attempts === 0 ? 0 : lost / attempts,
  };
};

const placesOf = (made: readonly CellOutcome[]): Pick<ArmSummary, "aboveMedian" | "anyMedal"> => {
  const places = made.flatMap(({ grades }) => grades?.final.leaderboard ?? []);
  return {
    aboveMedian: meanOfAny(places.map(({ aboveMedian }) => Number(aboveMedian))),
    anyMedal: meanOfAny(places.map(({ anyMedal }) => Number(anyMedal))),
  };
};
