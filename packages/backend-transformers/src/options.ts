import {
  concurrency,
  contextTokens,
  model,
  path,
  quantization,
  samplingOptions,
  serveOptions,
  systemMessages,
  thinking,
  url,
  waitingOptions,
} from "@aide-ts/backend-kit/options";
import { z } from "zod";

export const options = z.strictObject({
  model: model(
    "of the hub (owner/name), whose snapshot `aide models pull` fetches, or deepseek-7b … deepseek-70b.",
  ).optional(),
  path: path("a folder, with the tokenizer. Without: the hub's cache.").optional(),
  url: url
    .optional()
    .describe(
      "Address of a running server, started with the same model. Without, one is started and ended with the run.",
    ),
  quantization: quantization(
    z.string().regex(/^(none|(bnb-)?[48]-?bit)$/, "expected none, 4bit or 8bit"),
    "4bit and 8bit are bitsandbytes', and need a GPU.",
  ),
  serve: z
    .strictObject({
      ...serveOptions({
        program: "transformers serve",
        python:
          "Python of the environment that transformers[serving] is installed in; `transformers` on the PATH without.",
        readySeconds: 900,
      }),
      device: z.string().min(1).default("auto").describe("auto, cpu, cuda:0 …"),
      dtype: z
        .string()
        .min(1)
        .default("auto")
        .describe("Type of the weights in memory: auto, bfloat16, float16, float32."),
      continuousBatching: z
        .boolean()
        .default(false)
        .describe("Evaluate several calls at a time. Seeds are then of no effect."),
    })
    .prefault({})
    .describe("How a server is started where no url is given."),
  contextTokens: contextTokens("The model's own limit caps it, and holds without.").optional(),
  concurrency: concurrency(1, "Without continuous batching the server works on one after the other anyway."),
  ...waitingOptions,
  systemMessages,
  thinking: thinking("`true` opens a thought in every answer, where the template does not."),
  ...samplingOptions({ temperature: 0.6, topP: 0.95, topK: 0, minP: 0, repetitionPenalty: 1 }),
});

export type TransformersOptions = z.output<typeof options>;
