import { AideError } from "@aide-ts/plugin";

export const backendClosed = (): AideError =>
  new AideError({
    code: "AIDE_BACKEND_CLOSED",
    message: "The backend was closed.",
    fix: "Make a new one, or close it later.",
    fault: "internal",
  });

export const contextOverflow = (tokens: number, contextTokens: number): AideError =>
  new AideError({
    code: "AIDE_CONTEXT_OVERFLOW",
    message: `The prompt has ${tokens} tokens; the model takes ${contextTokens}.`,
    fix: "Raise contextTokens, or shorten the prompt: preview.characters=…",
    fault: "backend",
  });
