import { calibrated, type Looked } from "@aide-ts/statistics";
import type { Plan } from "../plan/plan.ts";

/** The looks that a plan declares, so many of them taken. Calibrated once, however often it is asked; nothing where none are declared. */
export const looksOf = ({ sequential, seeds }: Plan): ((taken: number) => Looked) | undefined => {
  if (sequential === undefined) return undefined;
  const testFor = calibrated({ blocks: seeds.length, shape: sequential.shape });
  return (taken) => ({ testFor, seeds: Array.from({ length: taken }, (_, at) => at + 1) });
};
