import { AideError } from "@aide-ts/plugin";

export const armsUnknown = (name: string, known: readonly string[], file: string): AideError =>
  new AideError({
    code: "AIDE_ARMS_UNKNOWN",
    message: `There is no arm "${name}".`,
    fix: `Use some of: ${known.join(", ")}.`,
    fault: "user",
    facts: { file },
  });
