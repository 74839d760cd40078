import type { AideError, Capability } from "@aide-ts/plugin";
import type { ChatRequest } from "./chat-request.ts";
import { noProbabilities, noSchema, noThoughtBudget, noTools, oneAnswer, textAlone } from "./errors/unsupported.ts";

interface Refused {
  /** Whether a value asks for what is refused: clients also send empty ones. */
  readonly asks: (value: unknown) => boolean;
  readonly refusal: (field: string) => AideError;
}

const isFull = (value: unknown): boolean =>
  Array.isArray(value) ? value.length > 0 : value !== undefined && value !== null;
const isOtherThan =
  (...harmless: readonly unknown[]) =>
  (value: unknown): boolean =>
    isFull(value) && !harmless.includes(value);
const isMoreThanText = (value: unknown): boolean =>
  isFull(value) && !(Array.isArray(value) && value.every((one) => one === "text"));

const refused: Readonly<Record<string, Refused>> = {
  tools: { asks: isFull, refusal: noTools },
  functions: { asks: isFull, refusal: noTools },
  tool_choice: { asks: isOtherThan("none", "auto"), refusal: noTools },
  function_call: { asks: isOtherThan("none", "auto"), refusal: noTools },
  logprobs: { asks: isOtherThan(false), refusal: noProbabilities },
  top_logprobs: { asks: isOtherThan(0), refusal: noProbabilities },
  n: { asks: isOtherThan(1), refusal: oneAnswer },
  modalities: { asks: isMoreThanText, refusal: textAlone },
  audio: { asks: isFull, refusal: textAlone },
};

export const refusedFields: ReadonlySet<string> = new Set(Object.keys(refused));

/** @throws AIDE_REQUEST_UNSUPPORTED for what changes the answer's form and cannot be done. */
export const refuseUnsupported = (body: ChatRequest, has: readonly Capability[]): void => {
  for (const [field, { asks, refusal }] of Object.entries(refused)) if (asks(body[field])) throw refusal(field);
  const format = body.response_format?.type ?? "text";
  if (format !== "text" && !has.includes("jsonSchema")) throw noSchema("response_format");
  if (isFull(body.max_thought_tokens) && !has.includes("thoughtBudget")) throw noThoughtBudget("max_thought_tokens");
};
