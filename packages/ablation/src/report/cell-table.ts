import { parquetWriteBuffer } from "hyparquet-writer";
import type { Analysis } from "../analysis/analyse.ts";
import { byCell, type CellOutcome } from "../outcomes/read-outcome.ts";
import { inUnit } from "../outcomes/tokens.ts";
import type { Plan } from "../plan/plan.ts";

/** A column of the table of cells; a value that is not known is null. */
interface Column {
  readonly name: string;
  readonly type: "STRING" | "DOUBLE" | "INT32" | "BOOLEAN";
  readonly of: (cell: CellOutcome, score: number | undefined) => string | number | boolean | undefined;
}

const columnsOf = (plan: Plan): readonly Column[] => [
  { name: "task", type: "STRING", of: ({ task }) => task },
  { name: "arm", type: "STRING", of: ({ arm }) => arm },
  { name: "seed", type: "INT32", of: ({ seed }) => seed },
  { name: "ending", type: "STRING", of: ({ ending }) => (ending?.kind === "failed" ? ending.cause : ending?.kind) },
  { name: "lost", type: "INT32", of: ({ lost }) => lost },
  { name: "score", type: "DOUBLE", of: (_cell, score) => score },
  { name: "valid", type: "BOOLEAN", of: ({ grades }) => grades?.final.valid },
  {
    name: "useful",
    type: "BOOLEAN",
    of: ({ grades }) => (grades?.final.valid === true ? grades.final.useful : grades && false),
  },
  {
    name: "report_score",
    type: "DOUBLE",
    of: ({ grades }) => (grades?.final.valid === true ? grades.final.score : undefined),
  },
  {
    name: "report_value",
    type: "DOUBLE",
    of: ({ grades }) => (grades?.final.valid === true ? grades.final.value : undefined),
  },
  { name: "above_median", type: "BOOLEAN", of: ({ grades }) => grades?.final.leaderboard?.aboveMedian },
  { name: "any_medal", type: "BOOLEAN", of: ({ grades }) => grades?.final.leaderboard?.anyMedal },
  { name: "search_value", type: "DOUBLE", of: ({ searchScore }) => searchScore },
  { name: "steps", type: "INT32", of: ({ steps }) => steps.length },
  { name: "valid_steps", type: "INT32", of: ({ steps }) => steps.filter(({ valid }) => valid).length },
  { name: "tokens", type: "INT32", of: ({ ledger }) => inUnit(ledger.total, plan.tokens) },
  { name: "reasoning_tokens", type: "INT32", of: ({ ledger }) => ledger.total.reasoning },
  { name: "answer_tokens", type: "INT32", of: ({ ledger }) => ledger.total.answer },
  { name: "prompt_tokens", type: "INT32", of: ({ ledger }) => ledger.total.prompt },
  { name: "cached_tokens", type: "INT32", of: ({ ledger }) => ledger.total.cached },
  { name: "executions", type: "INT32", of: ({ ledger }) => ledger.executions },
  { name: "executor_seconds", type: "DOUBLE", of: ({ ledger }) => ledger.executorSeconds },
  { name: "folder", type: "STRING", of: ({ folder }) => folder },
];

type Row = readonly (string | number | boolean | undefined)[];

/** A row for each cell, in the order of tasks, arms and seeds. */
const rowsOf = (plan: Plan, { scores }: Analysis, outcomes: readonly CellOutcome[]): readonly Row[] => {
  const columns = columnsOf(plan);
  const cellOf = byCell(outcomes);
  return plan.tasks.flatMap((task, t) =>
    plan.arms.flatMap((arm, a) =>
      plan.seeds.flatMap((seed, s) => {
        const cell = cellOf(task.name, arm.name, seed);
        return cell === undefined ? [] : [columns.map(({ of }) => of(cell, scores[t]?.[a]?.[s]))];
      }),
    ),
  );
};

/** The cells as CSV (RFC 4180); what is not known is empty. */
export const cellsAsCsv = (plan: Plan, analysis: Analysis, outcomes: readonly CellOutcome[]): string =>
  [columnsOf(plan).map(({ name }) => name), ...rowsOf(plan, analysis, outcomes)]
    .map((row) => `${row.map(field).join(",")}\r\n`)
    .join("");

const field = (value: Row[number]): string => {
  const text = value === undefined ? "" : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** The cells as a Parquet file. */
export const cellsAsParquet = (plan: Plan, analysis: Analysis, outcomes: readonly CellOutcome[]): Uint8Array => {
  const rows = rowsOf(plan, analysis, outcomes);
  const columnData = columnsOf(plan).map(({ name, type }, at) => ({
    name,
    type,
    nullable: true,
    data: rows.map((row) => row[at] ?? null),
  }));
  return new Uint8Array(parquetWriteBuffer({ columnData }));
};
