import { AideError } from "@aide-ts/plugin";

export const patchMisfit = (): AideError =>
  new AideError({
    code: "AIDE_PATCH_MISFIT",
    message: "A diff was applied to a text that it was not made from.",
    fix: "Apply it to the text that was given to diff() as the original, with its hunks in their order.",
    fault: "internal",
  });
