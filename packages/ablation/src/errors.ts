import { AideError, messageOf } from "@aide-ts/plugin";

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

export const ablationChanged = (root: string, parts: readonly string[]): AideError =>
  new AideError({
    code: "AIDE_ABLATION_CHANGED",
    message: `${root} holds another ablation: ${parts.join(", ")} ${parts.length === 1 ? "is" : "are"} not as it was begun with.`,
    fix: "Restore the file, or name another folder with --out: what differs is another ablation.",
    fault: "user",
  });

export const seedsChanged = (root: string, begun: readonly number[]): AideError =>
  new AideError({
    code: "AIDE_ABLATION_CHANGED",
    message: `${root} was begun with the seeds ${begun.join(", ")}.`,
    fix: "Restore them in the file; --add-seeds makes more, and reports then say so.",
    fault: "user",
  });

export const ablationEdited = (path: string): AideError =>
  new AideError({
    code: "AIDE_ABLATION_EDITED",
    message: `${path} is not the plan that was frozen before the first cell: its digest is another one.`,
    fix: "Restore it from a copy or a capsule; what was decided afterwards is another ablation.",
    fault: "user",
  });

export const ablationUnreadable = (path: string, cause: unknown): AideError =>
  new AideError({
    code: "AIDE_ABLATION_UNREADABLE",
    message: `${path} cannot be read as the plan of an ablation.`,
    fix: "Name a folder that `aide ablate` made, with this version or an earlier one of the same major.",
    fault: "user",
    facts: { cause: messageOf(cause) },
  });

export const nothingMade = (cells: number, where: string): AideError =>
  new AideError({
    code: "AIDE_ABLATION_STUCK",
    message: `Three launches made none of ${cells} cells that are left.`,
    fix: `What the processes printed is in ${where}.`,
    fault: "user",
  });

export const infrastructureFails = ({
  code,
  message,
}: {
  readonly code: string;
  readonly message: string;
}): AideError =>
  new AideError({
    code: "AIDE_ABLATION_FAILED",
    message: `Every cell that was begun failed for the same kind of reason, the last one with ${code}: ${message}`,
    fix: "Put that right, and start the same command again: cells are made anew.",
    fault: "user",
  });

export const groupsTooFew = (groups: number): AideError =>
  new AideError({
    code: "AIDE_COMPARE_GROUPS",
    message: `There is ${groups === 0 ? "nothing" : "nothing else"} to compare.`,
    fix: "Name two runs or folders of runs, or the folder of an ablation: aide compare logs/a logs/b",
    fault: "user",
  });

export const capsuleDamaged = (path: string, problem: string): AideError =>
  new AideError({
    code: "AIDE_CAPSULE_DAMAGED",
    message: `${path} is not the capsule that was packed: ${problem}.`,
    fix: "Fetch it again, or pack it anew with `aide capsule` where the ablation's folder is.",
    fault: "user",
  });

export const notComparable = (mismatches: readonly string[]): AideError =>
  new AideError({
    code: "AIDE_ABLATION_MISMATCH",
    message: `What is compared was not made alike: ${mismatches.join("; ")}.`,
    fix: "Make the cells anew on one setup, or --allow-mismatch: the report then says what differs.",
    fault: "user",
  });

export const notGraded = (root: string): AideError =>
  new AideError({
    code: "AIDE_ABLATION_UNGRADED",
    message: `The cells in ${root} are made, and could not be graded: the lines above say why.`,
    fix: "Where labels are on another machine alone, copy the folder there, to the same path, and run the same command: it only grades.",
    fault: "user",
  });
