import { classesOf, labelReader } from "./values.ts";

/** What is asked, answered and known of one target, row by row; rows in which it is unknown are left out. */
export interface TargetCells {
  readonly name: string;
  readonly truth: readonly string[];
  /** The cells of the answer columns. */
  readonly answers: readonly (readonly string[])[];
  /** Which of them is the target's, where each target has one. */
  readonly column: number;
  /** Labels of training rows. */
  readonly train: readonly string[];
}

/** A target's classes with what reads their labels. */
export interface Classes {
  readonly labels: readonly string[];
  readonly indexOf: (label: string) => number;
}

/** The format's where they hold all labels of the target, else those of the target's own. */
export const classesAmong = ({ truth, train }: TargetCells, known: readonly string[] | undefined): Classes => {
  const own = new Set([...train, ...truth].filter((label) => label !== ""));
  if (known !== undefined) {
    const indexOf = labelReader(known);
    if ([...own].every((label) => indexOf(label) !== -1)) return { labels: known, indexOf };
  }
  const labels = classesOf(own);
  return { labels, indexOf: labelReader(labels) };
};

/** Indexes of labels. */
export const indexes = (labels: readonly string[], { indexOf }: Classes): Float64Array => {
  const known = new Map<string, number>();
  return Float64Array.from(labels, (label) => {
    const index = known.get(label) ?? indexOf(label);
    known.set(label, index);
    return index;
  });
};

const decimalComma = /^\s*[-+]?\d+,\d+\s*$/;

/** The data's own numbers may have a decimal comma. */
export const dataNumber = (cell: string): number =>
  cell.trim() === "" ? Number.NaN : Number(decimalComma.test(cell) ? cell.replace(",", ".") : cell);

/** Answers as numbers, or what is wrong with the first that is none. */
export const answeredNumbers = (cells: readonly string[]): Float64Array | string => {
  const numbers = Float64Array.from(cells, Number);
  const bad = numbers.findIndex((value) => !Number.isFinite(value));
  if (bad === -1) return numbers;
  const cell = cells[bad] ?? "";
  return decimalComma.test(cell)
    ? `The prediction "${cell}" has a decimal comma: write ${cell.trim().replace(",", ".")}.`
    : `The prediction "${cell}" is not a finite number.`;
};
