import { AideError } from "@aide-ts/plugin";

export const templateWithoutParts = (): AideError =>
  new AideError({
    code: "AIDE_TEMPLATE_WITHOUT_PARTS",
    message: "The template of the strategy `skeleton` has no line of the form <<NAME>>.",
    fix: "Put <<FEATURE_ENGINEERING>>, say, on a line of its own where the model shall write.",
    fault: "user",
  });
