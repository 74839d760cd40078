import { once } from "node:events";
import { availableParallelism } from "node:os";
import { setImmediate as turn } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import type { Cell } from "../cells/cells.ts";
import { readOutcome, type CellOutcome } from "./read-outcome.ts";

/** Starting a thread takes about as long as reading so many cells. */
const worthAThread = 500;

/** As many cells are handed to a thread at a time. */
const batch = 50;

/**
 * Reads cells from their folders, in their order; many of them by a thread for each core. Each reads one after the other: logs of all of them would not
 * fit into memory, what they came to does.
 * @throws AIDE_RUN_UNREADABLE
 */
export const readOutcomes = async (
  cells: readonly Cell[],
  root: string,
  threads = Math.min(availableParallelism(), Math.floor(cells.length / worthAThread)),
): Promise<readonly CellOutcome[]> => {
  if (threads < 2) return readHere(cells, root);
  const workers = Array.from({ length: threads }, () => startThread(root));
  const outcomes: (readonly CellOutcome[])[] = [];
  let next = 0;
  const readBy = async (worker: Worker): Promise<void> => {
    for (let at = next++; at * batch < cells.length; at = next++) {
      const some = cells.slice(at * batch, (at + 1) * batch);
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
      worker.postMessage(some);
      const [read]: (readonly CellOutcome[] | undefined)[] = await once(worker, "message");
      // What is wrong with one of them is an error that does not pass from thread to thread.
      outcomes[at] = read ?? (await readHere(some, root));
    }
  };
  try {
    await Promise.all(workers.map(readBy));
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
  return outcomes.flat();
};

/** @throws AIDE_RUN_UNREADABLE */
export const readHere = async (cells: readonly Cell[], root: string): Promise<readonly CellOutcome[]> => {
  const outcomes: CellOutcome[] = [];
  for (const cell of cells) {
    outcomes.push(await readOutcome(cell, root));
    // Files are read at once, so that a signal would not be heard before the last.
    await turn();
  }
  return outcomes;
};

/** Sources are run as they are, built files as built: the thread finds its packages as this one found its own. */
const startThread = (root: string): Worker => {
  const fromSources = import.meta.url.endsWith(".ts");
  return new Worker(new URL(`./outcome-thread.${fromSources ? "ts" : "js"}`, import.meta.url), {
    workerData: root,
    execArgv: fromSources ? ["--conditions=@aide-ts/source"] : [],
  });
};
