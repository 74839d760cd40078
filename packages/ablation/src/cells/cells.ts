import { join } from "node:path";
import { merge, seededRandom, type Layer } from "@aide-ts/core";
import type { Random } from "@aide-ts/plugin";
import type { Arm, Plan, PlannedTask } from "../plan/plan.ts";

/** One run of an ablation. */
export interface Cell {
  readonly task: PlannedTask;
  readonly arm: Arm;
  readonly seed: number;
  /** Which block of seeds it belongs to, from 0: looks are taken after whole blocks. */
  readonly block: number;
  /** Its run folder, below that of the ablation. */
  readonly folder: string;
}

/**
 * All cells in the order in which they are made: seed by seed, so that whatever is finished can be compared; the tasks of a seed in random
 * order, and so the arms of a task, so that no arm always meets a warmer cache or a busier machine.
 */
export const cellsOf = ({ name, tasks, seeds, arms }: Plan): readonly Cell[] => {
  const random = seededRandom("cells", name);
  return seeds.flatMap((seed, block) =>
    shuffled(tasks, random).flatMap((task) =>
      shuffled(arms, random).map((arm) => ({
        task,
        arm,
        seed,
        block,
        folder: folderOf({ task, arm, seed }),
      })),
    ),
  );
};

/** The cell of the same task and seed in another arm. */
export const inArm = (cell: Cell, arm: Arm): Cell => ({ ...cell, arm, folder: folderOf({ ...cell, arm }) });

const folderOf = ({ task, arm, seed }: Pick<Cell, "task" | "arm" | "seed">): string =>
  join("cells", fileName(task.name), fileName(arm.name), `seed-${seed}`);

/** A cell's config: the base, what the arm changes, the task, the seed. */
export const configOf = ({ base }: Plan, { task, arm, seed }: Cell): Layer =>
  [arm.change, task.values, { seed }].reduce<Layer>(merge, base);

/** Fisher and Yates. */
const shuffled = <T>(values: readonly T[], random: Random): readonly T[] => {
  const order = [...values];
  for (let at = order.length - 1; at > 0; at -= 1) {
    const other = Math.floor(random() * (at + 1));
    const [one, two] = [order[at], order[other]];
    if (one !== undefined && two !== undefined) [order[at], order[other]] = [two, one];
  }
  return order;
};

/** Readable, and another for each name. */
export const fileName = (name: string): string =>
  name.replaceAll(/^\.|[^\w.-]/g, (sign) => readable[sign] ?? `%${sign.codePointAt(0)?.toString(16)}`);

const readable: Readonly<Record<string, string>> = { " ": "+", "/": "~" };
