import { calibrated, type Looked } from "@aide-ts/statistics";
import type { CellOutcome } from "../outcomes/read-outcome.ts";
import type { Plan } from "../plan/plan.ts";

/** The looks that a plan declares, so many of them taken. Calibrated once, however often it is asked; nothing where none are declared. */
export const looksOf = ({ sequential, seeds }: Plan): ((taken: number) => Looked) | undefined => {
  if (sequential === undefined) return undefined;
  const testFor = calibrated({ blocks: seeds.length, shape: sequential.shape });
  return (taken) => ({ testFor, seeds: Array.from({ length: taken }, (_, at) => at + 1) });
};

/** Blocks of seeds in which all cells have come to an end, up to the first that has not. */
export const completeBlocks = ({ seeds, tasks, arms }: Plan, outcomes: readonly CellOutcome[]): number => {
  const ended = (seed: number): number =>
    outcomes.filter((cell) => cell.seed === seed && cell.ending !== undefined).length;
  const open = seeds.findIndex((one) => ended(one) < tasks.length * arms.length);
  return open < 0 ? seeds.length : open;
};
