import { alignedTable, counted } from "@aide-ts/run/report";
import type { Analysis } from "../analysis/analyse.ts";
import type { Plan } from "../plan/plan.ts";
import { frozenText, type Frozen } from "./provenance.ts";
import { statementOf } from "./statement.ts";
import { armTable, decompositionTable, passAtKTable, spendingTable, transitionTable } from "./tables.ts";
import { unitsText } from "./units-text.ts";
import { outcomeText, warningsOf } from "./words.ts";

/** The report of an ablation, as lines for a terminal. */
export const renderAnalysis = (plan: Plan, analysis: Analysis, frozen: Frozen): readonly string[] => [
  ...warningsOf(analysis),
  `${plan.name}: ${counted(plan.arms.length, "arm")}, ${counted(plan.tasks.length, "task")}, ${counted(plan.seeds.length, "seed")}; ${outcomeText[plan.outcome]}`,
  ...[armTable, passAtKTable, spendingTable, decompositionTable, transitionTable].flatMap((tableOf) => {
    const table = tableOf(analysis);
    return table === undefined ? [] : ["", ...alignedTable(table)];
  }),
  "",
  ...analysis.results.map((result) => statementOf(result, plan)),
  ...unitsText(plan, analysis),
  "",
  ...frozenText(frozen),
];
