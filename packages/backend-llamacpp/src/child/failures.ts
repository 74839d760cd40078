import { AideError } from "@aide-ts/plugin";
import type { ChildError } from "./protocol.ts";

export const contextOverflow = (prompt: number, context: number): AideError =>
  new AideError({
    code: "AIDE_CONTEXT_OVERFLOW",
    message: `The prompt has ${prompt} tokens, the context holds ${context}.`,
    fix: "Raise backend.contextTokens, or shorten the preview (preview.characters).",
    fault: "backend",
    facts: { prompt: String(prompt), context: String(context) },
  });

export const unusableModel = (path: string, cause: unknown): AideError =>
  new AideError({
    code: "AIDE_MODEL_UNUSABLE",
    message: `The model could not be loaded: ${cause instanceof Error ? cause.message : String(cause)}`,
    fix: "Check that the file is a GGUF model and fits into memory, or name another under backend.model.",
    fault: "user",
    facts: { file: path },
    cause,
  });

/** An error as data: no class crosses a process. */
export const asData = (error: unknown): ChildError =>
  AideError.is(error) && (error.fault === "user" || error.fault === "backend")
    ? { code: error.code, message: error.message, fix: error.fix, fault: error.fault }
    : {
        code: "AIDE_BACKEND_FAILED",
        message: `The embedded model failed: ${error instanceof Error ? error.message : String(error)}`,
        fix: "Try again; if it stays, report it with this message.",
        fault: "backend",
      };
