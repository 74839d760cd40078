import type { Cells, MadeUp } from "./made-up-task.ts";

export interface Affine {
  readonly scale: number;
  readonly shift: number;
}

const mapped = (cells: readonly string[], of: (cell: string) => string): readonly string[] =>
  cells.map((cell) => (cell === "" ? "" : of(cell)));

const affine = (cells: readonly string[], { scale, shift }: Affine): readonly string[] =>
  mapped(cells, (cell) => String(scale * Number(cell) + shift));

/** Levels as codes in the same order. */
export const recoded = (cells: readonly string[], prefix: string): readonly string[] => {
  const levels = [...new Set(cells)].filter((cell) => cell !== "").sort();
  return mapped(cells, (cell) => `${prefix}${String(levels.indexOf(cell)).padStart(3, "0")}`);
};

const later = (cells: readonly string[]): readonly string[] =>
  mapped(cells, (cell) => `${Number(cell.slice(0, 4)) + 28}${cell.slice(4)}`);

/** The same task in other words: columns renamed, numbers in another unit and from another zero, levels recoded, dates moved by 28 years. */
export const twinOf = (
  { cells, trainRows, sample }: MadeUp,
  asTarget: (cells: readonly string[]) => readonly string[],
  asAnswers: (columns: readonly string[]) => readonly string[],
): MadeUp => {
  const of = (column: string): readonly string[] => cells[column] ?? [];
  const twin: Cells = {
    key: mapped(of("row"), (cell) => String(7 * Number(cell) + 100_003)),
    f1: affine(of("width"), { scale: 0.0137, shift: 811.3 }),
    f2: affine(of("count"), { scale: 3.7, shift: -12.1 }),
    f3: affine(of("skewed"), { scale: 41.9, shift: 5.77 }),
    f4: affine(of("noise"), { scale: 1 / 3, shift: 0.1 }),
    f5: affine(of("constant"), { scale: 0.3, shift: 0.1 }),
    f6: recoded(of("kind"), "z"),
    f7: recoded(of("town"), "c"),
    f8: later(of("day")),
    target: asTarget(of("y")),
  };
  const values = Object.values(sample);
  const columns = asAnswers(Object.keys(sample));
  return {
    cells: twin,
    trainRows,
    target: "target",
    sample: Object.fromEntries(columns.map((column, at) => [column, values[at] ?? "0"])),
  };
};
