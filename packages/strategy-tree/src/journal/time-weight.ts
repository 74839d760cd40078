import type { Outcome } from "@aide-ts/plugin";
import { z } from "zod";

export const timeOption = z
  .strictObject({
    seconds: z.number().positive().describe("Running time at which a reward is the score's alone."),
    exponent: z
      .number()
      .max(0)
      .default(-0.07)
      .describe("0 leaves running time out; the lower, the more slow scripts lose."),
  })
  .optional()
  .describe(
    "Multiplies rewards by (running time / seconds)^exponent, so that of equal scores the faster script's is higher.",
  );

export type TimeOption = z.output<typeof timeOption>;

/** Below this, running times say more of the machine than of the script. */
const shortest = 1;

/**
 * What a reward is multiplied by: (t / L)^w as in MARS (Chen et al. 2026, arXiv 2602.02660); the exponent −0.07 is MnasNet's (Tan et al. 2019, arXiv 1807.11626),
 * which the form comes from. 1 without the option, or where nothing was run.
 */
export const timeWeight = ({ chosen }: Outcome, option: TimeOption): number => {
  const seconds = chosen?.execution?.seconds;
  return option === undefined || seconds === undefined
    ? 1
    : (Math.max(seconds, shortest) / option.seconds) ** option.exponent;
};
