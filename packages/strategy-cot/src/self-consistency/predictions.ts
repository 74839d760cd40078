import type { Solution, Work } from "@aide-ts/plugin";
import { parse } from "csv-parse/sync";

/** A submission's columns, each with its cells from top to bottom. */
export type Predictions = readonly (readonly string[])[];

/** What a solution submitted; `undefined` where nothing can be read. */
export const predictionsOf = async ({ execution }: Solution, work: Work): Promise<Predictions | undefined> => {
  const path = execution?.artifacts.find((artifact) => /(^|\/)submission\.csv$/.test(artifact));
  if (execution === undefined || path === undefined) return undefined;
  return columnsOf(new TextDecoder().decode(await work.read(execution, path)));
};

const columnsOf = (csv: string): Predictions | undefined => {
  const rows = rowsOf(csv);
  const [header, ...body] = rows ?? [];
  if (header === undefined || body.length === 0) return undefined;
  return header.map((_, column) => body.map((row) => row[column] ?? ""));
};

const rowsOf = (csv: string): readonly (readonly string[])[] | undefined => {
  try {
    return parse(csv, { bom: true, relax_column_count: true, skip_empty_lines: true });
  } catch {
    return undefined; // A submission that is no CSV agrees with none.
  }
};

/**
 * How far two submissions lie apart, 0 where they agree. Labels: the share of rows that differ. Numbers: the mean absolute difference, over how much each of
 * the two spreads by itself. Columns that are the same in both, as ids are, count as agreement. Infinite where rows or columns do not match.
 */
export const distance = (a: Predictions, b: Predictions): number => {
  if (a.length !== b.length || a[0]?.length !== b[0]?.length) return Number.POSITIVE_INFINITY;
  return mean(a.map((column, at) => columnDistance(column, b[at] ?? [])));
};

const columnDistance = (a: readonly string[], b: readonly string[]): number => {
  const [left, right] = [numbersIn(a), numbersIn(b)];
  if (left === undefined || right === undefined) return mean(a.map((cell, row) => (cell === b[row] ? 0 : 1)));
  const apart = mean(left.map((value, row) => Math.abs(value - (right[row] ?? Number.NaN))));
  if (apart === 0) return 0;
  const spread = (deviation(left) + deviation(right)) / 2;
  return spread === 0 ? 1 : apart / spread;
};

const numbersIn = (cells: readonly string[]): readonly number[] | undefined => {
  const numbers = cells.map((cell) => (cell.trim() === "" ? Number.NaN : Number(cell)));
  return numbers.every(Number.isFinite) ? numbers : undefined;
};

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

const deviation = (values: readonly number[]): number => {
  const centre = mean(values);
  return mean(values.map((value) => Math.abs(value - centre)));
};

/** Index of the one that lies nearest to all others together; of several, the first. */
export const medoid = (submissions: readonly Predictions[]): number => {
  const sums = submissions.map((one) =>
    submissions.reduce((sum, other) => sum + (one === other ? 0 : distance(one, other)), 0),
  );
  return sums.indexOf(Math.min(...sums));
};
