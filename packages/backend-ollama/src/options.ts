import { z } from "zod";

const DURATION = /^-?(\d+(\.\d+)?(ns|us|µs|ms|s|m|h))+$/;

export const options = z.strictObject({
  model: z.string().min(1).describe("The model's name as `ollama list` shows it; without a tag, :latest is meant."),
  url: z
    .string()
    .min(1)
    .optional()
    .describe(
      "Where Ollama listens: host, host:port or URL. Default: the environment's OLLAMA_HOST, else http://127.0.0.1:11434.",
    ),
  contextTokens: z
    .int()
    .min(256)
    .default(8192)
    .describe("Tokens that prompt and answer may have together (num_ctx). The model's own limit caps it."),
  think: z
    .union([z.literal("auto"), z.boolean(), z.enum(["low", "medium", "high"])])
    .default("auto")
    .describe(
      "Whether the model thinks before it answers. `auto`: if it can. The three levels are for models that know them, as gpt-oss.",
    ),
  keepAlive: z
    .union([z.number(), z.string().regex(DURATION, "is a duration as 30m or 1h30m, or a number of seconds")])
    .default("30m")
    .describe("How long the model stays loaded after a call: 30m, say, or seconds; negative for ever, 0 not at all."),
  pull: z.boolean().default(false).describe("Whether a model that Ollama does not have is pulled."),
  temperature: z.number().min(0).max(5).default(0.7).describe("0 takes the likeliest token always."),
  topP: z
    .number()
    .gt(0)
    .max(1)
    .default(0.8)
    .describe("Nucleus sampling: the likeliest tokens that together have this probability."),
  topK: z.int().min(0).default(20).describe("The k likeliest tokens; 0 for all."),
  minP: z.number().min(0).max(1).default(0).describe("Tokens at least this fraction as likely as the likeliest."),
  repeatPenalty: z
    .number()
    .min(1)
    .max(2)
    .default(1.05)
    .describe("Divides the score of each token among the last 64; 1 is off."),
  threads: z
    .int()
    .min(1)
    .max(512)
    .optional()
    .describe(
      "CPU threads (num_thread). Default: Ollama's own choice, all cores, which stalls it while anything else needs one of them.",
    ),
  concurrency: z
    .int()
    .min(1)
    .max(1024)
    .default(1)
    .describe("Calls at a time. More than the server's OLLAMA_NUM_PARALLEL only wait in its queue."),
  firstTokenSeconds: z
    .number()
    .positive()
    .default(3600)
    .describe("The longest wait for an answer's first token; loading the model and the server's queue count."),
  stallSeconds: z
    .number()
    .positive()
    .default(600)
    .describe("The longest silence after the first token until a call counts as lost."),
  systemMessages: z
    .enum(["keep", "merge"])
    .default("keep")
    .describe("`merge`: put before the first message of the user, for models that were trained without them."),
});

export type OllamaOptions = z.output<typeof options>;
