import {
  body,
  concurrency,
  contextTokens,
  keyVariable,
  model,
  serverSamplingOptions,
  systemMessages,
  thinking,
  url,
  waitingOptions,
} from "@aide-ts/backend-kit/options";
import { z } from "zod";

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
    model: model("as the server has it. Without: the only one that it serves.").optional(),
    url: url.optional().describe("Address of a running server, up to and with /v1. Without: the preset's."),
    keyVariable: keyVariable.optional().describe("Environment variable with the server's key. Without: the preset's."),
    contextTokens: contextTokens("Without: as the server or the preset says.").optional(),
    concurrency: concurrency(64),
    ...waitingOptions,
    systemMessages,
    thinking: thinking("Read off the answer here; what a server is asked for stands in `body`."),
    ...serverSamplingOptions,
    body,
  })
  .refine(({ preset, url: address }) => preset !== "custom" || address !== undefined, {
    path: ["url"],
    message: "Give the server's address, or another preset.",
  })
  .transform((given) => ({
    ...given,
    preset: given.preset ?? (given.url === undefined ? ("openai" as const) : ("custom" as const)),
  }));

export type OpenAiOptions = z.output<typeof options>;
