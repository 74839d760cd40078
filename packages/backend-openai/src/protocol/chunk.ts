import { readContent } from "./content.ts";

/** Tokens as a server counts them. */
export interface ServerUsage {
  readonly prompt: number;
  readonly cached: number;
  /** Reasoning and answer. */
  readonly written: number;
  readonly reasoning: number | undefined;
}

/** One event of a streamed answer, chat or completion, whoever sent it. */
export type Chunk =
  | {
      readonly kind: "piece";
      readonly text: string;
      readonly reasoning: string;
      readonly finish: string | undefined;
      readonly usage: ServerUsage | undefined;
    }
  | { readonly kind: "error"; readonly body: string; readonly status: number }
  | { readonly kind: "unreadable" };

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const fields = (value: unknown): Fields | undefined => (isFields(value) ? value : undefined);

const text = (value: unknown): string => (typeof value === "string" ? value : "");
const count = (value: unknown): number | undefined =>
  typeof value === "number" && Number.isFinite(value) && value >= 0 ? Math.floor(value) : undefined;

/**
 * Reads by hand, since it runs once a token. Reasoning is `reasoning` (vLLM, OpenRouter, Ollama), `reasoning_content` (DeepSeek, llama.cpp, SGLang,
 * older vLLM), `reasoning_details` (OpenRouter) or a part of the content (Mistral).
 */
export const readChunk = (data: string): Chunk => {
  let parsed: unknown;
  try {
    parsed = JSON.parse(data);
  } catch {
    return { kind: "unreadable" };
  }
  const chunk = fields(parsed);
  if (chunk === undefined) return { kind: "unreadable" };
  if (chunk["error"] !== undefined && chunk["error"] !== null)
    return { kind: "error", body: data, status: statusIn(chunk["error"]) };
  const choices = chunk["choices"];
  const choice = Array.isArray(choices) ? fields(choices[0]) : undefined;
  const delta = fields(choice?.["delta"]) ?? fields(choice?.["message"]);
  const content = readContent(delta === undefined ? choice?.["text"] : delta["content"]);
  return {
    kind: "piece",
    text: content.text,
    reasoning: reasoningIn(delta) || content.reasoning,
    finish: text(choice?.["finish_reason"]) || undefined,
    usage: readUsage(fields(chunk["usage"]), fields(chunk["timings"])),
  };
};

const reasoningIn = (delta: Fields | undefined): string =>
  text(delta?.["reasoning"]) ||
  text(delta?.["reasoning_content"]) ||
  readContent(delta?.["reasoning_details"]).reasoning;

const statusIn = (error: unknown): number => {
  const code = count(fields(error)?.["code"]) ?? 0;
  return code >= 400 && code < 600 ? code : 500;
};

/** Gemini counts thoughts in the total alone; DeepSeek and llama.cpp have fields of their own for cached tokens. */
const readUsage = (usage: Fields | undefined, timings: Fields | undefined): ServerUsage | undefined => {
  const prompt = count(usage?.["prompt_tokens"]);
  const written = count(usage?.["completion_tokens"]);
  if (usage === undefined || prompt === undefined || written === undefined) return undefined;
  const cached =
    count(fields(usage["prompt_tokens_details"])?.["cached_tokens"]) ??
    count(usage["prompt_cache_hit_tokens"]) ??
    count(timings?.["cache_n"]) ??
    0;
  const apart = Math.max(0, (count(usage["total_tokens"]) ?? 0) - prompt - written);
  const reasoning = count(fields(usage["completion_tokens_details"])?.["reasoning_tokens"]);
  return {
    prompt,
    cached: Math.min(cached, prompt),
    written: written + apart,
    reasoning: reasoning === undefined && apart > 0 ? apart : reasoning,
  };
};
