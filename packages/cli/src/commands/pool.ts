import type { Shell } from "../shell.ts";
import { poolActionUnknown } from "../errors.ts";

/** `aide pool freeze | replay`: what runs found, kept in a file, and searches and selectors replayed on it without a model. */
export const pool = async ([action = "", ...args]: readonly string[], shell: Shell): Promise<number> => {
  switch (action) {
    case "freeze":
      return (await import("../pool/freeze-runs.ts")).freezeRuns(args, shell);
    case "replay":
      return (await import("../pool/replay-pools.ts")).replayPools(args, shell);
    default:
      throw poolActionUnknown(action);
  }
};
