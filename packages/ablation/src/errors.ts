import { AideError } from "@aide-ts/plugin";

export const ablationInvalid = (file: string, problems: readonly string[]): AideError =>
  new AideError({
    code: "AIDE_ABLATION_INVALID",
    message: `${file} describes no ablation: ${problems.join("; ")}.`,
    fix: "It needs tasks, seeds, and arms or axes; `aide ablate --dry-run` shows what they come to.",
    fault: "user",
  });

export const armChangesNothing = (arm: string, same: string): AideError =>
  new AideError({
    code: "AIDE_ABLATION_ARM",
    message: `The arm "${arm}" runs with the very settings of "${same}".`,
    fix: "Take one of them out, or change something in it: what is the same cannot be compared.",
    fault: "user",
  });

export const armChangesTask = (arm: string, keys: readonly string[]): AideError =>
  new AideError({
    code: "AIDE_ABLATION_ARM",
    message: `The arm "${arm}" changes ${keys.join(", ")}: all arms have the same tasks, seeds and budget.`,
    fix: "Name tasks and seeds once, for all arms; give the budget in `base`.",
    fault: "user",
  });

export const contrastUnclear = (written: string, problem: string): AideError =>
  new AideError({
    code: "AIDE_ABLATION_CONTRAST",
    message: `The contrast "${written}" ${problem}.`,
    fix: "Write it as the names of two arms: treated - control.",
    fault: "user",
  });
