import { AideError } from "@aide-ts/plugin";
import { modelFailed } from "../errors.ts";
import type { Failure } from "../protocol/messages.ts";

/** An error as it crosses to the parent, where it is an `AideError` again. */
export const failureOf = (error: unknown): Failure => {
  const { code, message, fix, fault, facts, transient } = AideError.is(error) ? error : modelFailed(error);
  return { code, message, fix, fault, facts, transient };
};
