import type { Column, Table } from "../src/index.ts";

/** A column of numbers in 100 rows, but for what is given. */
export const column = (name: string, more: Partial<Column> = {}): Column => ({
  name,
  position: 0,
  type: "number",
  missing: 0,
  read: 100,
  unique: 90,
  values: [],
  ...more,
});

export const table = (path: string, columns: readonly Column[], more: Partial<Table> = {}): Table => ({
  path,
  bytes: 1,
  format: "csv",
  call: "read_csv",
  args: {},
  rows: 100,
  headerless: false,
  columns,
  ...more,
});
