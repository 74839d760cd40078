import { alignedTable } from "@aide-ts/run/report";
import type { Analysis } from "../analysis/analyse.ts";
import type { Plan } from "../plan/plan.ts";
import { statementOf } from "./statement.ts";
import { armTable, decompositionTable, transitionTable } from "./tables.ts";
import { outcomeText, warningsOf } from "./words.ts";

/** The report of an ablation, as lines for a terminal. */
export const renderAnalysis = (plan: Plan, analysis: Analysis): readonly string[] => [
  ...warningsOf(analysis),
  `${plan.name}: ${plan.arms.length} arms, ${plan.tasks.length} tasks, ${plan.seeds.length} seeds; ${outcomeText[plan.outcome]}`,
  ...[armTable, decompositionTable, transitionTable].flatMap((tableOf) => {
    const table = tableOf(analysis);
    return table === undefined ? [] : ["", ...alignedTable(table)];
  }),
  "",
  ...analysis.results.map((result) => statementOf(result, plan)),
];
