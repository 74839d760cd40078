import { AideError } from "@aide-ts/plugin";
import type { Shell } from "../shell.ts";

/** `aide pool freeze | replay`: what runs found, kept in a file, and searches and selectors replayed on it without a model. */
export const pool = async ([action = "", ...args]: readonly string[], shell: Shell): Promise<number> => {
  switch (action) {
    case "freeze":
      return (await import("../pool/freeze-runs.ts")).freezeRuns(args, shell);
    case "replay":
      return (await import("../pool/replay-pools.ts")).replayPools(args, shell);
    default:
      throw new AideError({
        code: "AIDE_COMMAND_UNKNOWN",
        message: `There is no "aide pool ${action}".`,
        fix: "aide pool freeze | replay",
        fault: "user",
      });
  }
};
