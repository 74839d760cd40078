import { AideError } from "@aide-ts/plugin";

type Facts = Readonly<Record<string, string>>;

/** What stands at the address is not Ollama. */
export const notOllama = (server: string, answer: string): AideError =>
  new AideError({
    code: "AIDE_BACKEND_NOT_AN_API",
    message: "What answers at the address is not Ollama.",
    fix: "Give the address that Ollama listens on, without a path: backend.url=http://127.0.0.1:11434",
    fault: "user",
    facts: { server, "it says": answer.replaceAll(/\s+/g, " ").slice(0, 200) },
  });

/** `prompt`: how long it is, as far as that is known. */
export const overflow = (server: string, prompt: string, contextTokens: number, answer?: string): AideError =>
  new AideError({
    code: "AIDE_CONTEXT_OVERFLOW",
    message: `The prompt has ${prompt}, and the context holds ${contextTokens} tokens with the answer.`,
    fix: "Raise the backend's contextTokens, or shorten the prompt: preview.characters=…",
    fault: "backend",
    facts: {
      server,
      prompt,
      context: `${contextTokens} tokens`,
      ...(answer === undefined ? {} : { "it says": answer }),
    },
  });

export const schemaUnsupported = (facts: Facts): AideError =>
  new AideError({
    code: "AIDE_SCHEMA_UNSUPPORTED",
    message: "Ollama cannot hold an answer to this JSON Schema.",
    fix: "Use objects, arrays, strings, numbers, booleans, enum and const only.",
    fault: "plugin",
    facts,
  });

export const memoryTooSmall = (facts: Facts): AideError =>
  new AideError({
    code: "AIDE_BACKEND_MEMORY",
    message: "Ollama has not enough memory for the model.",
    fix: "Lower the backend's contextTokens, or choose a smaller model or quantisation.",
    fault: "user",
    facts,
  });

export const thinksOtherwise = (facts: Facts): AideError =>
  new AideError({
    code: "AIDE_MODEL_UNFIT",
    message: "The model does not think in the way that it was asked to.",
    fix: "Leave it to the model: backend.thinking=auto",
    fault: "user",
    facts,
  });

export const writesNoText = (facts: Facts): AideError =>
  new AideError({
    code: "AIDE_MODEL_UNFIT",
    message: "The model writes no text.",
    fix: "Choose another: ollama list",
    fault: "user",
    facts,
  });

/** The backend was asked for what the server was found unable to do. */
export const cannotContinue = (server: string, model: string): AideError =>
  new AideError({
    code: "AIDE_CONTINUATION_UNSUPPORTED",
    message: "This Ollama does not go on from an unfinished answer.",
    fix: "Update Ollama, or use strategies that do not need it.",
    fault: "plugin",
    facts: { server, model },
  });

export const pullFailed = (server: string, model: string, answer: string): AideError =>
  new AideError({
    code: "AIDE_MODEL_PULL",
    message: `Ollama could not pull the model ${model}.`,
    fix: `See whether its machine has network and disk space, then run: ollama pull ${model}`,
    fault: "user",
    facts: { server, "it says": answer },
    transient: /dial tcp|timeout|connection|EOF|TLS|temporar/i.test(answer),
  });

export const addressInvalid = (text: string, cause?: unknown): AideError =>
  new AideError({
    code: "AIDE_BACKEND_URL",
    message: `"${text}" is no address of a server.`,
    fix: "Give backend.url (or OLLAMA_HOST) as host, host:port or http://host:port.",
    fault: "user",
    cause,
  });
