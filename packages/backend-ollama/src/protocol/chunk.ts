import { refusalText } from "@aide-ts/backend-kit";

/** What one line of a streamed answer says. A line of a million tokens is read a million times: no schema is run over it. */
export type AnswerLine =
  | { readonly kind: "piece"; readonly thinking: string; readonly content: string }
  | {
      readonly kind: "done";
      readonly thinking: string;
      readonly content: string;
      readonly reason: string;
      readonly promptTokens: number | undefined;
      readonly cachedTokens: number | undefined;
      readonly answerTokens: number | undefined;
    }
  | { readonly kind: "error"; readonly text: string };

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const text = (value: unknown): string => (typeof value === "string" ? value : "");

const count = (value: unknown): number | undefined =>
  typeof value === "number" && Number.isInteger(value) && value >= 0 ? value : undefined;

/** A line of /api/chat or /api/generate; `undefined` for what is none. */
export const answerLine = (line: string): AnswerLine | undefined => {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (!isObject(value)) return undefined;
  if ("error" in value) return { kind: "error", text: refusalText(line) };
  const message = isObject(value["message"]) ? value["message"] : undefined;
  if (message === undefined && typeof value["response"] !== "string" && value["done"] !== true) return undefined;
  const thinking = text(message?.["thinking"] ?? value["thinking"]);
  const content = text(message?.["content"] ?? value["response"]);
  if (value["done"] !== true) return { kind: "piece", thinking, content };
  return {
    kind: "done",
    thinking,
    content,
    reason: text(value["done_reason"]),
    promptTokens: count(value["prompt_eval_count"]),
    cachedTokens: count(value["prompt_eval_cached_count"]),
    answerTokens: count(value["eval_count"]),
  };
};
