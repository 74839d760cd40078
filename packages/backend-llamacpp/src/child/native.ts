import { messageOf, type AideError } from "@aide-ts/plugin";
import {
  getLlama,
  InsufficientMemoryError,
  LlamaLogLevel,
  NoBinaryFoundError,
  type Llama,
  type LlamaContext,
  type LlamaModel,
} from "node-llama-cpp";
import type { Settings } from "../protocol/messages.ts";
import { gpuUnavailable, libraryUnavailable, modelBroken, modelTooLarge } from "../errors.ts";

const keptLines = 5;
const loadStep = 0.02;

/** What llama.cpp last complained of. Its own exceptions say only that something failed. */
const complaints: string[] = [];

const note = (level: LlamaLogLevel, line: string): void => {
  complaints.push(line.trim());
  complaints.splice(0, complaints.length - keptLines);
  process.stderr.write(`${level}: ${line.trim()}\n`);
};

const reasons = (error: unknown): Readonly<Record<string, string>> => ({
  reason: messageOf(error),
  ...(complaints.length === 0 ? {} : { "llama.cpp": complaints.join("; ") }),
});

/** Loads the native library, never building it. Rejects with `AIDE_GPU_UNAVAILABLE` or `AIDE_LLAMACPP_UNAVAILABLE`. */
export const loadLibrary = async (settings: Settings): Promise<Llama> => {
  try {
    return await getLlama({
      gpu: settings.gpu,
      build: "never",
      skipDownload: true,
      maxThreads: settings.threads,
      logLevel: LlamaLogLevel.error,
      logger: note,
      progressLogs: false,
    });
  } catch (error) {
    if (!(error instanceof NoBinaryFoundError)) throw error;
    throw settings.gpu === false
      ? libraryUnavailable(`${process.platform} on ${process.arch}`, reasons(error))
      : gpuUnavailable(String(settings.gpu), reasons(error));
  }
};

const tooLarge = (settings: Settings, error: unknown): AideError =>
  modelTooLarge({
    model: settings.modelPath,
    contextTokens: String(settings.contextTokens),
    sequences: String(settings.sequences),
    ...reasons(error),
  });

/** Rejects with `AIDE_MODEL_TOO_LARGE`, or with `AIDE_MODEL_BROKEN` when llama.cpp refuses the file. */
export const loadWeights = async (
  llama: Llama,
  settings: Settings,
  onLoad: (fraction: number) => void,
): Promise<LlamaModel> => {
  try {
    let shown = 0;
    return await llama.loadModel({
      modelPath: settings.modelPath,
      onLoadProgress(fraction) {
        if (fraction < 1 && fraction - shown < loadStep) return;
        shown = fraction;
        onLoad(fraction);
      },
    });
  } catch (error) {
    if (error instanceof InsufficientMemoryError) throw tooLarge(settings, error);
    throw modelBroken(settings.modelPath, reasons(error));
  }
};

/** Rejects with `AIDE_MODEL_TOO_LARGE` when the context finds no memory. */
export const openContext = async (
  model: LlamaModel,
  settings: Settings,
  options: { readonly contextTokens: number; readonly batchTokens: number },
): Promise<LlamaContext> => {
  try {
    return await model.createContext({
      contextSize: options.contextTokens,
      sequences: settings.sequences,
      batchSize: options.batchTokens,
      // Left out, node-llama-cpp starts more threads than there are cores, and generation is a hundred times slower.
      threads: settings.threads,
      flashAttention: settings.gpu === false ? settings.flashAttention : "auto",
      failedCreationRemedy: false,
    });
  } catch (error) {
    if (error instanceof InsufficientMemoryError || /failed to create context/i.test(String(error)))
      throw tooLarge(settings, error);
    throw error;
  }
};
