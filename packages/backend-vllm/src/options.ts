import {
  body,
  concurrency,
  contextTokens,
  keyVariable,
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
    "as the server has it, of the hub (owner/name), or deepseek-7b … deepseek-70b. Without: the only one that it serves.",
  ).optional(),
  path: path("a folder, for a server that is started. Without: the hub's cache.").optional(),
  url: z
    .union([url, z.array(url).min(1)])
    .optional()
    .describe(
      "Address of a running server, or of several that serve the same model. Without, one is started and ended with the run.",
    ),
  quantization: quantization(
    z.string().min(1),
    "For a server that is started: 4bit (bitsandbytes), fp8, awq, gptq … Checkpoints that are quantised need none.",
  ),
  serve: z
    .strictObject({
      ...serveOptions({
        program: "vllm serve",
        python: "Python of the environment that vLLM is installed in; `vllm` on the PATH without.",
        readySeconds: 1800,
      }),
      tensorParallel: z.int().min(1).default(1).describe("GPUs that share the model."),
      gpuMemory: z.number().gt(0).max(1).optional().describe("Fraction of each GPU's memory that the server may take."),
    })
    .prefault({})
    .describe("How a server is started where no url is given."),
  keyVariable: keyVariable.default("VLLM_API_KEY"),
  contextTokens: contextTokens("The server's own limit caps it, and holds without.").optional(),
  concurrency: concurrency(256, "How many really are follows the server's own queue and cache."),
  ...waitingOptions,
  systemMessages,
  thinking: thinking("`true` opens a thought in every answer, where the template does not."),
  ...samplingOptions({ temperature: 0.6, topP: 0.95, topK: 0, minP: 0, repetitionPenalty: 1 }),
  batchInvariant: z
    .boolean()
    .default(false)
    .describe(
      "The server runs with VLLM_BATCH_INVARIANT=1: a seed repeats an answer whatever else is asked meanwhile.",
    ),
  body,
});

export type VllmOptions = z.output<typeof options>;
