import { availableParallelism } from "node:os";
import {
  contextTokens,
  model,
  path,
  samplingOptions,
  thinking,
  threads,
  withFormerNames,
} from "@aide-ts/backend-kit/options";
import { z } from "zod";

const given = z
  .strictObject({
    model: model("one of the catalogue (aide models list).").default("qwen2.5-coder-1.5b"),
    path: path("a .gguf file, in place of one of the catalogue's.").optional(),
    contextTokens: contextTokens("The model's own limit caps it.").default(8192),
    threads: threads(
      "Fewer while other programs need the cores. Without: the cores that this process may use.",
    ).default(() => availableParallelism()),
    sequences: z
      .int()
      .min(1)
      .max(256)
      .default(3)
      .describe(
        "Prompts whose evaluated tokens are kept, for calls that begin alike. Each takes contextTokens of memory.",
      ),
    reuse: z
      .enum(["prompts", "all"])
      .default("prompts")
      .describe(
        "What a later prompt may reuse. `prompts`: same seed, same text. `all`: answers too, which is faster, but not repeatable.",
      ),
    flashAttention: z
      .boolean()
      .default(false)
      .describe(
        "On a CPU: a tenth faster on new prompts, but the text of a seed then depends on how many threads ran. GPUs decide themselves.",
      ),
    gpu: z
      .union([z.literal(false), z.enum(["auto", "cuda", "vulkan", "metal"])])
      .default(false)
      .describe("Where the model runs. What it needs of node-llama-cpp is installed at the first use."),
    thinking: thinking(),
    ...samplingOptions({ temperature: 0.7, topP: 0.8, topK: 20, minP: 0, repetitionPenalty: 1.05 }),
  })
  // A name without a slash would be looked for in the catalogue.
  .transform(({ path: file, ...rest }) =>
    file === undefined ? rest : { ...rest, model: /[\\/]/.test(file) ? file : `./${file}` },
  );

export const options = withFormerNames({ repeatPenalty: "repetitionPenalty" }, given);

export type LlamacppOptions = z.output<typeof options>;
