import { mean } from "../moments.ts";

/** Scores of cells, by task, arm and seed; a cell that is missing has none. Seeds are the same for all arms of a task. */
export type Scores = readonly (readonly (readonly (number | undefined)[])[])[];

/** What is asked: a weighted sum of arms' means. Of two arms, 1 for the one and −1 for the other. */
export interface Contrast {
  readonly name: string;
  /** One for each arm; their sum is zero. */
  readonly coefficients: readonly number[];
}

/** A contrast's value on each task in which all of its arms have a cell; in the order of tasks. */
export const taskDifferences = (scores: Scores, { coefficients }: Contrast): readonly number[] =>
  scores.flatMap((arms) => {
    let sum = 0;
    for (const [arm, coefficient] of coefficients.entries()) {
      if (coefficient === 0) continue;
      const present = presentIn(arms[arm] ?? []);
      if (present.length === 0) return [];
      sum += coefficient * mean(present);
    }
    return [sum];
  });

/** The two arms that a contrast compares, where it is one of two with equal weights. */
export const twoArms = ({
  coefficients,
}: Contrast): { readonly treated: number; readonly control: number } | undefined => {
  const treated = coefficients.indexOf(1);
  const control = coefficients.indexOf(-1);
  const rest = coefficients.some((value, arm) => value !== 0 && arm !== treated && arm !== control);
  return treated < 0 || control < 0 || rest ? undefined : { treated, control };
};

export const presentIn = (cells: readonly (number | undefined)[]): readonly number[] =>
  cells.filter((cell) => cell !== undefined);

/** What there was after so many seeds. */
export const upTo = (scores: Scores, seeds: number): Scores =>
  scores.map((arms) => arms.map((cells) => cells.slice(0, seeds)));

/** A contrast's values of one seed alone, counted from 0; see `taskDifferences`. */
export const differencesOfSeed = (scores: Scores, contrast: Contrast, seed: number): readonly number[] =>
  taskDifferences(
    scores.map((arms) => arms.map((cells) => cells.slice(seed, seed + 1))),
    contrast,
  );
