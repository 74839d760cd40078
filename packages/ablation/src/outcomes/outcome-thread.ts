// A thread that reads cells of an ablation, whose folder it is given: asked for some it answers with their outcomes, or nothing where one cannot be read.
import { parentPort, workerData } from "node:worker_threads";
import type { Cell } from "../cells/cells.ts";
import { readHere } from "./read-outcomes.ts";

const answer = async (cells: readonly Cell[]): Promise<void> => {
  const outcomes = await readHere(cells, workerData).catch(() => undefined);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  parentPort?.postMessage(outcomes);
};

parentPort?.on("message", (cells: readonly Cell[]) => void answer(cells));
