export { cellsOf, configOf, fileName, type Cell } from "./cells/cells.ts";
export { isSettled, readCellRecord, type CellRecord } from "./cells/cell-record.ts";
export type { CellEnding } from "./cells/ending.ts";
export { makeCell, workspaceOf, type MadeCell, type MakeOptions } from "./cells/make-cell.ts";
export { sharedAnswers, type SharedAnswers } from "./drafts/shared-answers.ts";
export { readPlan } from "./plan/read-plan.ts";
export type { Arm, Plan, PlannedTask } from "./plan/plan.ts";
