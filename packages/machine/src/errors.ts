import { AideError } from "@aide-ts/plugin";

export const modelShapeUnknown = (name: string, reason: string, folder?: string): AideError =>
  new AideError({
    code: "AIDE_MODEL_SHAPE",
    message: `How much memory ${name} needs is not known.`,
    fix: "Name one of deepseek-1.5b … deepseek-70b, or a dense model that aide models pull has fetched.",
    fault: "user",
    facts: { reason, ...(folder === undefined ? {} : { folder }) },
  });
