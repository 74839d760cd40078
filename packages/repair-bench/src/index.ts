export { armsFile } from "./arms-file.ts";
export { failureKind } from "./failure-kind.ts";
export { frozenCases, repairCase, type RepairCase } from "./repair-case.ts";
export { row, type Row } from "./row.ts";
export { repairTables } from "./table.ts";
