import { z } from "zod";

/** Options that every backend over HTTP has. */
export const serverOptions = {
  contextTokens: z
    .int()
    .min(256)
    .optional()
    .describe("Tokens that prompt and answer may have together; as the server says without."),
  concurrency: z.int().min(1).max(4096).default(64).describe("The most calls that are under way at a time."),
  firstTokenSeconds: z
    .number()
    .positive()
    .default(3600)
    .describe(
      "A call without a first token after so long is given up and sent again. Time in the server's queue counts.",
    ),
  stallSeconds: z
    .number()
    .positive()
    .default(600)
    .describe("An answer that stands still for so long is given up and asked for again."),
  systemMessages: z
    .enum(["keep", "merge"])
    .default("keep")
    .describe("`merge` puts them before the user's first message, for models that were trained without them."),
  thinking: z
    .union([z.literal("auto"), z.boolean()])
    .default("auto")
    .describe(
      "Whether <think>…</think> in an answer is reasoning and not text. `auto`: where an answer begins with it.",
    ),
};

/** Sampling, for servers to which it is always sent in full. */
export const samplingOptions = {
  temperature: z.number().min(0).max(5).default(0.6).describe("0 takes the likeliest token always."),
  topP: z.number().gt(0).max(1).default(0.95).describe("Nucleus sampling."),
  topK: z.int().min(0).default(0).describe("The k likeliest tokens; 0 for all."),
  minP: z.number().min(0).max(1).default(0).describe("Tokens at least this fraction as likely as the likeliest."),
  repetitionPenalty: z.number().min(1).max(2).default(1).describe("1 is off."),
};

export const options = z
  .strictObject({
    preset: z
      .enum([
        "openai",
        "anthropic",
        "gemini",
        "deepseek",
        "openrouter",
        "huggingface",
        "llama-server",
        "sglang",
        "custom",
      ])
      .optional()
      .describe(
        "Whose server it is: address, key and fields follow from it. Without, `custom` where a url is given, else `openai`.",
      ),
    url: z
      .url({ protocol: /^https?$/ })
      .optional()
      .describe("Address of the API, up to and with /v1; the preset's without."),
    model: z.string().min(1).optional().describe("Name of the model; the only one that the server has without."),
    keyVariable: z
      .string()
      .regex(/^[A-Za-z_]\w*$/)
      .optional()
      .describe("Environment variable with the key; the preset's without."),
    ...serverOptions,
    thinking: z
      .boolean()
      .default(true)
      .describe("Whether <think>…</think> at the beginning of an answer is reasoning and not text."),
    temperature: z
      .number()
      .min(0)
      .max(5)
      .optional()
      .describe("The server's own without, as for all sampling options here."),
    topP: z.number().gt(0).max(1).optional().describe("Nucleus sampling."),
    topK: z.int().min(0).optional().describe("The k likeliest tokens; 0 for all. Where the server knows it."),
    minP: z.number().min(0).max(1).optional().describe("Tokens at least this fraction as likely as the likeliest."),
    repetitionPenalty: z.number().min(1).max(2).optional().describe("1 is off."),
    body: z
      .record(z.string(), z.json())
      .default({})
      .describe("More fields for every request, as the server's documentation has them."),
  })
  .refine(({ preset, url }) => preset !== "custom" || url !== undefined, {
    path: ["url"],
    message: "Give the server's address, or another preset.",
  })
  .transform((given) => ({
    ...given,
    preset: given.preset ?? (given.url === undefined ? ("openai" as const) : ("custom" as const)),
  }));

export type OpenAiOptions = z.output<typeof options>;
