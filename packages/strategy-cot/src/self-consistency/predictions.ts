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
 * Index of the one that lies nearest to all others together; of several, the first. Only those whose rows and columns are as many as most have come into
 * question. A column's labels differ by the share of rows in which they do; its numbers, if all submissions have numbers there, by the mean absolute
 * difference over their mean spread. Both are metrics, so one of a majority that agrees is always taken.
 */
export const medoid = (submissions: readonly Predictions[]): number | undefined => {
  const shape = mostCommon(submissions.map(shapeOf));
  const comparable = submissions.flatMap((submission, at) =>
    shapeOf(submission) === shape ? [{ submission, at }] : [],
  );
  const columns = comparable[0]?.submission.map((_, column) =>
    distances(comparable.map(({ submission }) => submission[column] ?? [])),
  );
  const sums = comparable.map((_, one) => sum((columns ?? []).map((between) => sum(between[one] ?? []))));
  return comparable[sums.indexOf(Math.min(...sums))]?.at;
};

const shapeOf = (submission: Predictions): string => `${submission.length} × ${submission[0]?.length ?? 0}`;

const mostCommon = (shapes: readonly string[]): string | undefined => {
  const counts = new Map<string, number>();
  for (const shape of shapes) counts.set(shape, (counts.get(shape) ?? 0) + 1);
  return [...counts].reduce((most, next) => (next[1] > most[1] ? next : most), ["", 0])[0];
};

/** Distance of each to each, of one column. */
const distances = (columns: readonly (readonly string[])[]): readonly (readonly number[])[] => {
  const numbers = columns.map(numbersIn);
  const numeric = numbers.filter((column) => column !== undefined);
  const spread = numeric.length < columns.length ? 0 : mean(numeric.map(deviation));
  return spread === 0
    ? columns.map((a) => columns.map((b) => mean(a.map((cell, row) => (cell === b[row] ? 0 : 1)))))
    : numeric.map((a) => numeric.map((b) => mean(a.map((value, row) => Math.abs(value - (b[row] ?? value)) / spread))));
};

const numbersIn = (cells: readonly string[]): readonly number[] | undefined => {
  const numbers = cells.map((cell) => (cell.trim() === "" ? Number.NaN : Number(cell)));
  return numbers.every(Number.isFinite) ? numbers : undefined;
};

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

const mean = (values: readonly number[]): number => sum(values) / values.length;

const deviation = (values: readonly number[]): number => {
  const centre = mean(values);
  return mean(values.map((value) => Math.abs(value - centre)));
};
