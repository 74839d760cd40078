import {
  concurrency,
  contextTokens,
  model,
  samplingOptions,
  systemMessages,
  thinkingLevel,
  threads,
  waitingOptions,
  withFormerNames,
} from "@aide-ts/backend-kit/options";
import { z } from "zod";

const duration = /^-?(\d+(\.\d+)?(ns|us|µs|ms|s|m|h))+$/;

export const options = withFormerNames(
  { think: "thinking", repeatPenalty: "repetitionPenalty" },
  z.strictObject({
    model: model("as `ollama list` shows it; without a tag, :latest is meant."),
    // Read as OLLAMA_HOST is, which may lack scheme and port.
    url: z
      .string()
      .min(1)
      .optional()
      .describe(
        "Address of a running server: host, host:port or URL. Without: the environment's OLLAMA_HOST, else http://127.0.0.1:11434.",
      ),
    contextTokens: contextTokens("The model's own limit caps it; sent with every call (num_ctx).").default(8192),
    thinking: thinkingLevel(["low", "medium", "high"], "A level is for models that know them, as gpt-oss."),
    keepAlive: z
      .union([z.number(), z.string().regex(duration, "is a duration as 30m or 1h30m, or a number of seconds")])
      .default("30m")
      .describe("How long the model stays loaded after a call: 30m, say, or seconds; negative for ever, 0 not at all."),
    pull: z.boolean().default(false).describe("Whether a model that Ollama does not have is pulled."),
    ...samplingOptions({ temperature: 0.7, topP: 0.8, topK: 20, minP: 0, repetitionPenalty: 1.05 }),
    threads: threads(
      "Without: Ollama's own choice, all cores, which stalls it while anything else needs one of them.",
    ).optional(),
    concurrency: concurrency(1, "More than the server's OLLAMA_NUM_PARALLEL only wait in its queue."),
    ...waitingOptions,
    systemMessages,
  }),
);

export type OllamaOptions = z.output<typeof options>;
