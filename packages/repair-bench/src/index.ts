export { armsFile, readArms } from "./bench/arms.ts";
export { runRepairBench, type RepairBench } from "./bench/repair-bench.ts";
export { failureKind } from "./failure-kind.ts";
export { frozenCases, repairCase, type RepairCase } from "./repair-case.ts";
export { row, type Row } from "./row.ts";
export { repairTables } from "./table.ts";
