import { suggest } from "@aide-ts/core";
import { AideError } from "@aide-ts/plugin";

export const unknownCommand = (name: string, known: readonly string[]): AideError => {
  const meant = suggest(name, known);
  return new AideError({
    code: "AIDE_COMMAND_UNKNOWN",
    message: `There is no command "${name}"${meant === undefined ? "." : `: did you mean "${meant}"?`}`,
    fix: meant === undefined ? "aide --help" : `aide ${meant}`,
    fault: "user",
  });
};
