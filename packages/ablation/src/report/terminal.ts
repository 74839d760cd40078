import { alignedTable } from "@aide-ts/run/report";
import type { Analysis } from "../analysis/analyse.ts";
import type { Plan } from "../plan/plan.ts";
import { shownNumber, shownPercent } from "./numbers.ts";
import { statementOf } from "./statement.ts";
import { outcomeText, warningsOf } from "./words.ts";

/** The report of an ablation, as lines for a terminal. */
export const renderAnalysis = (plan: Plan, analysis: Analysis): readonly string[] => [
  ...warningsOf(analysis),
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
