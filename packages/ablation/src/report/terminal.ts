import { alignedTable } from "@aide-ts/run/report";
import type { Analysis } from "../analysis/analyse.ts";
import type { Plan } from "../plan/plan.ts";
import { shownNumber, shownPercent } from "./numbers.ts";
import { statementOf } from "./statement.ts";

/** The report of an ablation, as lines for a terminal. */
export const renderAnalysis = (plan: Plan, analysis: Analysis): readonly string[] => [
  ...warnings(analysis),
  `${plan.name}: ${plan.arms.length} arms, ${plan.tasks.length} tasks, ${plan.seeds.length} seeds; ${outcomeText[plan.outcome]}`,
  "",
  ...alignedTable([
    ["arm", "score", "useful", "valid", "valid steps", "tokens", "executions", "missing", "lost"],
    ...analysis.arms.map((arm) => [
      arm.arm,
      arm.score === undefined ? "none" : shownNumber(arm.score),
      shownPercent(arm.useful),
      shownPercent(arm.valid),
      shownPercent(arm.validSteps),
      Math.round(arm.tokens).toLocaleString("en"),
      arm.executions.toFixed(1),
      `${arm.missing} of ${arm.cells}`,
      String(arm.lost),
    ]),
  ]),
  ...decompositionLines(analysis),
  ...transitionLines(analysis),
  "",
  ...analysis.results.map((result) => statementOf(result, plan)),
];

const outcomeText: Readonly<Record<Plan["outcome"], string>> = {
  "report-score": "report score from the trivial predictor (0) to the best reference (1)",
  "search-score": "rank by search score, which the search chose by: optimistic",
  useful: "share of cells with a useful submission",
};

/** An arm that infrastructure took more than a twentieth of may have lost its hard cells. */
const warnings = ({ arms }: Analysis): readonly string[] =>
  arms
    .filter(({ lostShare }) => lostShare > 0.05)
    .map(
      ({ arm, lost, lostShare }) =>
        `Infrastructure ended ${lost} attempts of ${arm}, ${shownPercent(lostShare)} of them: comparisons with it are in doubt.`,
    );

/** Where scores come from. Nothing without references. */
const decompositionLines = ({ decompositions }: Analysis): readonly string[] =>
  decompositions.length === 0
    ? []
    : [
        "",
        ...alignedTable([
          ["arm", "best of all", "chosen", "lost by choosing", "added by the last run", "any useful"],
          ...decompositions.map(({ arm, oracle, chosen, regret, refit, coverage }) => [
            arm,
            ...[oracle, chosen, regret, refit].map(shownNumber),
            shownPercent(coverage),
          ]),
        ]),
      ];

/** What operators made of what they started from. */
const transitionLines = ({ transitions }: Analysis): readonly string[] =>
  transitions.length === 0
    ? []
    : [
        "",
        ...alignedTable([
          ["arm", "operator", "from a valid solution", "better", "worse", "not valid"],
          ...transitions.map(({ arm, operator, solutions, better, worse, invalid }) => [
            arm,
            operator,
            ...[solutions, better, worse, invalid].map(String),
          ]),
        ]),
      ];
