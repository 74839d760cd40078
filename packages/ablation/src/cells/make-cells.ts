import { sleep } from "@aide-ts/core";
import type { Cell } from "./cells.ts";
import { isLasting } from "./ending.ts";
import { makeCell, type MadeCell, type MakeOptions } from "./make-cell.ts";

/** How often a process looks again after cells that others make: whoever makes one may die. */
const lookAgainMs = 1000;

/**
 * Makes cells one after the other; those that another process makes it leaves to it, and takes over where that one dies. It ends early where no
 * model server answers any more or the disk is full: whoever started it can do something about that.
 * @param onCell after each cell that this process made
 */
export const makeCells = async (
  cells: readonly Cell[],
  options: MakeOptions,
  onCell: (cell: Cell, made: Extract<MadeCell, { kind: "made" }>) => void,
): Promise<void> => {
  let left = cells;
  while (left.length > 0) {
    const busy: Cell[] = [];
    for (const cell of left) {
      if (options.signal.aborted) return;
      const made = await makeCell(cell, options);
      if (made.kind === "busy") busy.push(cell);
      if (made.kind !== "made") continue;
      onCell(cell, made);
      if (isLasting(made.ending)) return;
    }
    left = busy;
    if (busy.length > 0)
      await sleep(lookAgainMs, options.signal).catch((error: unknown) => {
        if (!options.signal.aborted) throw error;
      });
  }
};
