import { takenRows } from "../metrics/compared.ts";
import type { Predicted } from "./selection.ts";

const blocks = 5;
/** Of fewer rows in a block a score says nothing, and of some metrics there is none. */
const fewestInBlock = 10;

/**
 * The rows of an only part as several, of which each can be predicted by what was chosen on the others: where the latest rows are held back there is no other part.
 * Rows that stand beside each other go to different blocks, so that each has some of every class and of every time. Of too few rows the one part is left.
 */
export const inBlocks = ([part = []]: Predicted): Predicted => {
  const rows = Math.min(...part.map(({ truth }) => truth.length));
  if (rows < blocks * fewestInBlock) return [part];
  return Array.from({ length: blocks }, (_, block) =>
    part.map((compared) => takenRows(compared, placesIn(block, compared.truth.length))),
  );
};

const placesIn = (block: number, rows: number): Int32Array =>
  Int32Array.from({ length: Math.ceil((rows - block) / blocks) }, (_, at) => at * blocks + block);
