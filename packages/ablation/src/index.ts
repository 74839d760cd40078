export { cellsOf, configOf, fileName, type Cell } from "./cells/cells.ts";
export { readPlan } from "./plan/read-plan.ts";
export type { Arm, Plan, PlannedTask } from "./plan/plan.ts";
