import { AideError, messageOf } from "@aide-ts/plugin";

export const notStarted = (program: string, cause: unknown): AideError =>
  new AideError({
    code: "AIDE_LAUNCH_FAILED",
    message: `${program} cannot be started: ${messageOf(cause)}.`,
    fix: "See whether the program is there, and whether the machine has processes and memory left.",
    fault: "user",
    cause,
  });
