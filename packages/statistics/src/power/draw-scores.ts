import type { Scores } from "../analysis/scores.ts";
import type { Draws } from "../random.ts";

/** Standard deviations of what makes scores differ. */
export interface Variation {
  /** Of an arm's merit from task to task: what no number of seeds averages out. */
  readonly betweenTasks: number;
  /** Of what arms of one task and seed have in common, as their first draft. */
  readonly shared: number;
  /** Of a cell. */
  readonly cell: number;
}

/** A table of normal scores: tasks × arms × seeds. */
export const drawScores = (
  size: { readonly tasks: number; readonly seeds: number },
  merits: readonly number[],
  { betweenTasks, shared, cell }: Variation,
  { normal }: Draws,
): Scores =>
  Array.from({ length: size.tasks }, () => {
    const common = Array.from({ length: size.seeds }, () => shared * normal());
    return merits.map((merit) => {
      const here = merit + betweenTasks * normal();
      return common.map((seed) => here + seed + cell * normal());
    });
  });
