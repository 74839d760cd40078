import { AideError, messageOf } from "@aide-ts/plugin";
import type { CatalogueModel } from "./models/catalogue.ts";

type Facts = Readonly<Record<string, string>>;

export const crashed = (
  model: string,
  how: string,
  complaint: string | undefined,
  lastWords: readonly string[],
  cause: unknown,
): AideError =>
  new AideError({
    code: "AIDE_BACKEND_CRASHED",
    message: `The process of the embedded model died (${how}${complaint === undefined ? "" : `: ${complaint}`}).`,
    fix:
      how === "SIGKILL"
        ? "The system may have run out of memory: lower the backend's contextTokens or sequences, or choose a smaller model."
        : "The next call starts it again; if it dies again, choose another model or another backend.",
    fault: "backend",
    facts: {
      model,
      ended: how,
      ...(lastWords.length === 0 ? {} : { "last words": lastWords.join("; ") }),
    },
    transient: true,
    cause,
  });

export const outOfTurn = (kind: string): AideError =>
  new AideError({
    code: "AIDE_BACKEND_FAILED",
    message: `The process of the embedded model answered out of turn (${kind}).`,
    fix: "Report this.",
    fault: "backend",
  });

/** `what`: as "the model smollm2-135m". */
export const diskFull = (what: string, folder: string, facts: Facts, cause?: unknown): AideError =>
  new AideError({
    code: "AIDE_DISK_FULL",
    message: `There is not enough free disk space for ${what}.`,
    fix: "Free some space, or choose another cache folder (XDG_CACHE_HOME).",
    fault: "user",
    facts: { folder, ...facts },
    cause,
  });

export const downloadCorrupt = (model: CatalogueModel, found: string, failures: Facts): AideError =>
  new AideError({
    code: "AIDE_MODEL_CHECKSUM",
    message: `What was downloaded for the model ${model.name} is not the file that was published.`,
    fix: "Try again later, or from another network; the bad file was removed.",
    fault: "user",
    facts: { expected: model.sha256, found, ...failures },
  });

export const downloadFailed = (model: CatalogueModel, failures: Facts): AideError =>
  new AideError({
    code: "AIDE_MODEL_DOWNLOAD",
    message: `The model ${model.name} could not be downloaded.`,
    fix: `Check the network and pip's configuration, then run: aide models pull ${model.name} (it goes on where it stopped).`,
    fault: "user",
    facts: failures,
    transient: true,
  });

export const modelUnknown = (name: string, meant: string | undefined, names: readonly string[]): AideError =>
  new AideError({
    code: "AIDE_MODEL_UNKNOWN",
    message: `There is no model ${JSON.stringify(name)} in the catalogue${meant === undefined ? "." : `: did you mean ${meant}?`}`,
    fix: `Name one of ${names.join(", ")}, or give the path of a .gguf file.`,
    fault: "user",
    facts: { asked: name, ...(meant === undefined ? {} : { near: meant }) },
  });

export const modelMissing = (model: CatalogueModel, path: string): AideError =>
  new AideError({
    code: "AIDE_MODEL_MISSING",
    message: `The model ${model.name} is not on this machine.`,
    fix: `aide models pull ${model.name}`,
    fault: "user",
    facts: { "looked at": path, size: `${(model.bytes / 1e9).toFixed(2)} GB` },
  });

export const modelFileMissing = (path: string, known: readonly string[]): AideError =>
  new AideError({
    code: "AIDE_MODEL_MISSING",
    message: `There is no model file ${path}.`,
    fix: `Give the path of a .gguf file, or one of ${known.join(", ")}.`,
    fault: "user",
    facts: { "looked at": path },
  });

export const modelCorrupt = (model: CatalogueModel, file: string, found: string): AideError =>
  new AideError({
    code: "AIDE_MODEL_CHECKSUM",
    message: `The file of the model ${model.name} is not the one that was published.`,
    fix: `aide models pull ${model.name}`,
    fault: "user",
    facts: { file, expected: model.sha256, found },
  });

// What the process of the model reports of itself.

export const modelFailed = (cause: unknown): AideError =>
  new AideError({
    code: "AIDE_BACKEND_FAILED",
    message: `The embedded model failed: ${messageOf(cause)}`,
    fix: "Run it again; if it happens again, report it with the text above.",
    fault: "backend",
    facts: cause instanceof Error && cause.stack !== undefined ? { stack: cause.stack } : {},
  });

export const schemaUnsupported = (cause: unknown): AideError =>
  new AideError({
    code: "AIDE_SCHEMA_UNSUPPORTED",
    message: "This JSON Schema cannot be made into a grammar.",
    fix: "Use objects, arrays, strings, numbers, booleans, enum, const, oneOf and local $ref only.",
    fault: "plugin",
    facts: { reason: messageOf(cause) },
  });

const templateFailed = (message: string, cause: unknown): AideError =>
  new AideError({
    code: "AIDE_CHAT_TEMPLATE",
    message,
    fix: "Begin with at most one system message, then let user and assistant take turns; or use another model.",
    fault: "backend",
    facts: { reason: messageOf(cause) },
  });

export const templateUnreadable = (cause: unknown): AideError =>
  templateFailed("The model's chat template cannot be read.", cause);

export const messagesRefused = (cause: unknown): AideError =>
  templateFailed("The model's chat template refuses these messages.", cause);

export const contextOverflow = (prompt: number, context: number): AideError =>
  new AideError({
    code: "AIDE_CONTEXT_OVERFLOW",
    message: `The prompt has ${prompt} tokens, and the context holds ${context} with the answer.`,
    fix: "Raise the backend's contextTokens, or shorten the prompt.",
    fault: "backend",
    facts: { "prompt tokens": String(prompt), "context tokens": String(context) },
  });

export const notGguf = (path: string, cause: unknown): AideError =>
  new AideError({
    code: "AIDE_MODEL_NOT_GGUF",
    message: `${path} is not a model file in the GGUF format.`,
    fix: "Give a .gguf file, or a model of the catalogue (aide models list).",
    fault: "user",
    facts: { reason: messageOf(cause) },
  });

// What brings node-llama-cpp. `title`: with its version and variant.

const byHand = "npm install node-llama-cpp in your project, whose copy is then used";

export const npmMissing = (title: string): AideError =>
  new AideError({
    code: "AIDE_LLAMACPP_INSTALL",
    message: `${title} cannot be installed: there is no npm on the PATH.`,
    fix: `Install npm, then run: aide setup. Or with another package manager: what stands for ${byHand}.`,
    fault: "user",
  });

export const libraryNotInstalled = (title: string, facts: Facts): AideError =>
  new AideError({
    code: "AIDE_LLAMACPP_INSTALL",
    message: `${title} could not be installed.`,
    fix: `See the reason; XDG_CACHE_HOME chooses another cache folder. By hand: ${byHand}.`,
    fault: "user",
    facts,
  });

export const libraryNotFetched = (title: string, reason: string): AideError =>
  new AideError({
    code: "AIDE_LLAMACPP_DOWNLOAD",
    message: `${title} could not be fetched.`,
    fix: "Check the network and npm's registry (npm config get registry), then run: aide setup. Once it is there, no network is needed.",
    fault: "user",
    facts: { reason },
    transient: true,
  });

export const libraryCorrupt = (title: string, reason: string): AideError =>
  new AideError({
    code: "AIDE_LLAMACPP_CHECKSUM",
    message: `What npm fetched for ${title} is not what was published.`,
    fix: "Run: npm cache clean --force, then: aide setup. If it happens again, the registry holds another file: ask who runs it.",
    fault: "user",
    facts: { reason },
  });

export const libraryUnavailable = (platform: string, facts: Facts): AideError =>
  new AideError({
    code: "AIDE_LLAMACPP_UNAVAILABLE",
    message: `node-llama-cpp has no binary for ${platform} that aide can install or load.`,
    fix: `Try ${byHand}, or use another backend (backend.use=ollama).`,
    fault: "user",
    facts,
  });

export const gpuUnavailable = (gpu: string, facts: Facts): AideError =>
  new AideError({
    code: "AIDE_GPU_UNAVAILABLE",
    message: `There is no working ${gpu} binary of node-llama-cpp on this machine.`,
    fix: "Install the GPU's driver, and the package for that GPU where node-llama-cpp is a dependency of your project; or leave gpu=false.",
    fault: "user",
    facts,
  });

export const modelTooLarge = (facts: Facts): AideError =>
  new AideError({
    code: "AIDE_MODEL_TOO_LARGE",
    message: "The model and its context do not fit into this machine's memory.",
    fix: "Lower the backend's contextTokens or sequences, or choose a smaller model.",
    fault: "user",
    facts,
  });

export const modelBroken = (path: string, facts: Facts): AideError =>
  new AideError({
    code: "AIDE_MODEL_BROKEN",
    message: `llama.cpp cannot load the model file ${path}.`,
    fix: "Download it again, or choose another model: this one is cut short, or of a kind that llama.cpp does not know.",
    fault: "user",
    facts,
  });
