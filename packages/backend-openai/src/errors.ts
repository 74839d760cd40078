import { AideError } from "@aide-ts/plugin";

export const contextOverflow = (server: string, prompt: number, contextTokens: number): AideError =>
  new AideError({
    code: "AIDE_CONTEXT_OVERFLOW",
    message: `The prompt has at least ${prompt} tokens; prompt and answer together may have ${contextTokens}.`,
    fix: "Serve the model with a longer context, or shorten the prompt: preview.characters=…",
    fault: "backend",
    facts: { server },
  });

export const answerGivenUp = (server: string, reason: string): AideError =>
  new AideError({
    code: "AIDE_BACKEND_DISCONNECTED",
    message: "The model server gave an answer up.",
    fix: "See its own log; a larger retries=… waits longer for it to come back.",
    fault: "backend",
    facts: { server, "it says": reason },
    transient: true,
  });

export const answerWithheld = (server: string): AideError =>
  new AideError({
    code: "AIDE_BACKEND_WITHHELD",
    message: "The model server withholds its answer: a filter of its vendor objects to it.",
    fix: "Word the task otherwise, or take another backend.",
    fault: "backend",
    facts: { server },
  });

export const keyMissing = (service: string, variables: readonly [string, ...string[]]): AideError =>
  new AideError({
    code: "AIDE_BACKEND_KEY_MISSING",
    message: `${service} wants a key, and ${variables.join(" or ")} is not set.`,
    fix: `export ${variables[0]}=…`,
    fault: "user",
  });
