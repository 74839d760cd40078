import type { Failure } from "../protocol/messages.ts";

/** An error that crosses to the parent as data and is an `AideError` there. */
export class ChildFailure extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.message);
    this.failure = failure;
  }
}

export const failureOf = (error: unknown): Failure => {
  if (error instanceof ChildFailure) return error.failure;
  return {
    code: "AIDE_BACKEND_FAILED",
    message: `The embedded model failed: ${error instanceof Error ? error.message : String(error)}`,
    fix: "Run it again; if it happens again, report it with the text above.",
    fault: "backend",
    ...(error instanceof Error && error.stack !== undefined ? { facts: { stack: error.stack } } : {}),
  };
};
