import { samplingOptions, serverOptions } from "@aide-ts/backend-openai";
import { z } from "zod";

export const options = z.strictObject({
  model: z
    .string()
    .min(1)
    .optional()
    .describe("A hub name (owner/name), whose snapshot `aide models pull` fetches, or deepseek-7b … deepseek-70b."),
  path: z.string().min(1).optional().describe("Folder of the model's weights and tokenizer; the hub's cache without."),
  url: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe(
      "Address of a running server, started with the same model. Without, one is started and ended with the run.",
    ),
  quantization: z
    .string()
    .regex(/^(none|(bnb-)?[48]-?bit)$/, "expected none, 4bit or 8bit")
    .default("none")
    .describe("Of weights as they are loaded, by bitsandbytes: needs a GPU."),
  serve: z
    .strictObject({
      python: z
        .string()
        .min(1)
        .optional()
        .describe(
          "Python of the environment that transformers[serving] is installed in; `transformers` on the PATH without.",
        ),
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
      port: z.int().min(1).max(65_535).optional().describe("A free one without."),
      readySeconds: z.number().positive().default(900).describe("Time that it may take to load the model."),
      flags: z.array(z.string()).default([]).describe("More arguments of `transformers serve`."),
      env: z.record(z.string(), z.string()).default({}).describe("More environment variables of the server."),
    })
    .prefault({})
    .describe("How a server is started where no url is given."),
  ...serverOptions,
  concurrency: z
    .int()
    .min(1)
    .max(1024)
    .default(1)
    .describe("Calls at a time. Without continuous batching the server works on one after the other anyway."),
  thinking: z
    .union([z.literal("auto"), z.boolean()])
    .default("auto")
    .describe(
      "Whether the model thinks before it answers. `auto`: if its chat template knows <think>. `true` opens a thought in every answer, where the template does not.",
    ),
  ...samplingOptions,
});

export type TransformersOptions = z.output<typeof options>;
