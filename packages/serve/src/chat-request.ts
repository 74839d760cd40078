import type { Json } from "@aide-ts/plugin";
import { z } from "zod";
import { firstProblem } from "./problems.ts";
import { invalidField } from "./errors/request.ts";

const part = z.looseObject({
  type: z.literal("text", { error: "only parts of type text are taken: models here read nothing else" }),
  text: z.string(),
});

const roles = ["system", "developer", "user", "assistant"] as const;

const message = z.looseObject({
  role: z.enum(roles, {
    error: ({ input }) =>
      input === "tool" || input === "function"
        ? "results of tools are refused: no tool is ever called here"
        : `expected one of ${roles.join(", ")}`,
  }),
  content: z.union([z.string(), z.array(part)], { error: "expected a text, or an array of text parts" }).nullish(),
  reasoning_content: z.string().nullish(),
  tool_calls: z
    .array(z.unknown())
    .max(0, { error: "calls of tools are refused: no tool is ever called here" })
    .nullish(),
});

const messages = z
  .array(message)
  .min(1, { error: "expected at least one message" })
  .superRefine((given, context) => {
    for (const [at, { role, content }] of given.entries())
      if (role !== "assistant" && (content === undefined || content === null))
        context.addIssue({
          code: "custom",
          path: [at, "content"],
          message: "expected a text, or an array of text parts",
        });
  });

const schema = z.custom<{ readonly [key: string]: Json }>(
  (value) => typeof value === "object" && value !== null && !Array.isArray(value),
  "expected a JSON Schema, which is an object",
);

const responseFormat = z.discriminatedUnion(
  "type",
  [
    z.looseObject({ type: z.literal("text") }),
    z.looseObject({ type: z.literal("json_object") }),
    z.looseObject({ type: z.literal("json_schema"), json_schema: z.looseObject({ schema }) }),
  ],
  { error: "expected an object whose type is text, json_object or json_schema" },
);

const stopText = z.string().min(1, { error: "a stop sequence cannot be empty" });
const limit = z.int().min(1);

const chatRequest = z.looseObject({
  model: z.string().nullish(),
  messages,
  temperature: z.number().min(0).max(5).nullish(),
  top_p: z.number().min(0).max(1).nullish(),
  max_tokens: limit.nullish(),
  max_completion_tokens: limit.nullish(),
  max_thought_tokens: z.int().min(0).nullish(),
  stop: z
    .union([stopText, z.array(stopText).max(16, { error: "at most 16 stop sequences are taken" })], {
      error: "expected a text, or an array of texts",
    })
    .nullish(),
  seed: z.number().refine(Number.isInteger, "expected a whole number").nullish(),
  response_format: responseFormat.nullish(),
  n: z.int().nullish(),
  stream: z.boolean().nullish(),
  stream_options: z.looseObject({ include_usage: z.boolean().nullish() }).nullish(),
});

const tokenizeRequest = z.looseObject({ model: z.string().nullish(), messages });

export type ChatRequest = z.output<typeof chatRequest>;
export type ChatMessage = z.output<typeof message>;

const parseWith =
  <T>(shape: z.ZodType<T>) =>
  (body: Json): T => {
    const parsed = shape.safeParse(body);
    if (parsed.success) return parsed.data;
    const { field, problem } = firstProblem(parsed.error);
    throw invalidField(field, problem);
  };

/** @throws AIDE_REQUEST_INVALID, which names the field. */
export const parseChatRequest = parseWith(chatRequest);

/** @throws AIDE_REQUEST_INVALID, which names the field. */
export const parseTokenizeRequest = parseWith(tokenizeRequest);

export const chatFields: ReadonlySet<string> = new Set(Object.keys(chatRequest.shape));
export const messageFields: ReadonlySet<string> = new Set(Object.keys(message.shape));
