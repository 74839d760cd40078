import { samplingOptions, serverOptions } from "@aide-ts/backend-openai";
import { z } from "zod";

const url = z.url({ protocol: /^https?$/ });

export const options = z.strictObject({
  model: z
    .string()
    .min(1)
    .optional()
    .describe(
      "Name that the server gives the model, a hub name (owner/name) or deepseek-7b … deepseek-70b; the only one that it serves without.",
    ),
  url: z
    .union([url, z.array(url).min(1)])
    .optional()
    .describe(
      "Address of a running server, or of several that serve the same model. Without, a server is started and ended with the run.",
    ),
  path: z
    .string()
    .min(1)
    .optional()
    .describe("Folder of the model's weights, for a server that is started; from the hub's cache without."),
  quantization: z
    .string()
    .min(1)
    .optional()
    .describe(
      "For a server that is started: bitsandbytes (4 bits), fp8, awq, gptq …; `4bit` is bitsandbytes. Checkpoints that are quantised need none.",
    ),
  serve: z
    .strictObject({
      python: z
        .string()
        .min(1)
        .optional()
        .describe("Python of the environment that vLLM is installed in; `vllm` on the PATH without."),
      tensorParallel: z.int().min(1).default(1).describe("GPUs that share the model."),
      gpuMemory: z.number().gt(0).max(1).optional().describe("Fraction of each GPU's memory that the server may take."),
      port: z.int().min(1).max(65_535).optional().describe("A free one without."),
      readySeconds: z
        .number()
        .positive()
        .default(1800)
        .describe("Time that it may take to load the model and compile."),
      flags: z.array(z.string()).default([]).describe("More arguments of `vllm serve`, as --enforce-eager."),
      env: z.record(z.string(), z.string()).default({}).describe("More environment variables of the server."),
    })
    .prefault({})
    .describe("How a server is started where no url is given."),
  keyVariable: z
    .string()
    .regex(/^[A-Za-z_]\w*$/)
    .default("VLLM_API_KEY")
    .describe("Environment variable with the server's key, if it has one."),
  ...serverOptions,
  concurrency: z
    .int()
    .min(1)
    .max(4096)
    .default(256)
    .describe(
      "The most calls that are under way at a time on each server. How many really are follows the server's queue and cache.",
    ),
  thinking: z
    .union([z.literal("auto"), z.boolean()])
    .default("auto")
    .describe(
      "Whether the model thinks before it answers. `auto`: if its template opens a thought or the server splits one off. `true` opens one in every answer, where the template does not.",
    ),
  ...samplingOptions,
  batchInvariant: z
    .boolean()
    .default(false)
    .describe(
      "The server runs with VLLM_BATCH_INVARIANT=1: a seed repeats an answer whatever else is asked meanwhile.",
    ),
  body: z
    .record(z.string(), z.json())
    .default({})
    .describe("More fields for every request, as vLLM's documentation has them."),
});

export type VllmOptions = z.output<typeof options>;
