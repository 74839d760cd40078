import { z } from "zod";

/*
 * Options that mean the same in several backends have here their one name, type, unit and description. `own`: what is to be added for one backend, as
 * what is taken without it.
 */

const described = (text: string, own: string): string => (own === "" ? text : `${text} ${own}`);

export const model = (own: string) => z.string().min(1).describe(described("Name of the model:", own));

export const path = (own: string) => z.string().min(1).describe(described("The model's weights on this machine:", own));

export const contextTokens = (own: string) =>
  z.int().min(256).describe(described("Tokens that prompt and answer may have together.", own));

export const threads = (own: string) => z.int().min(1).max(512).describe(described("The most CPU threads.", own));

export const quantization = (values: z.ZodString, own: string) =>
  values.default("none").describe(described("Of weights as they are loaded; `none`: as they are stored.", own));

export const thinking = (own = "") =>
  z
    .union([z.literal("auto"), z.boolean()])
    .default("auto")
    .describe(described(thinkingText, own));

/** For models that think more or less. */
export const thinkingLevel = (levels: readonly [string, ...string[]], own: string) =>
  z
    .union([z.literal("auto"), z.boolean(), z.enum(levels)])
    .default("auto")
    .describe(described(thinkingText, own));

const thinkingText =
  "Whether the model thinks before it answers, so that <think>…</think> is reasoning and not text; `auto`: as template, server and answer show.";

export const systemMessages = z
  .enum(["keep", "merge"])
  .default("keep")
  .describe("`merge` puts them before the user's first message, for models that were trained without them.");
