import { withoutSystem } from "@aide-ts/backend-kit";
import type { GenerateRequest, Json } from "@aide-ts/plugin";
import type { Preset } from "../presets.ts";
import type { Body } from "./server.ts";

export interface SamplingOptions {
  readonly temperature?: number | undefined;
  readonly topP?: number | undefined;
  readonly topK?: number | undefined;
  readonly minP?: number | undefined;
  readonly repetitionPenalty?: number | undefined;
}

export interface Fields {
  readonly model: string;
  readonly seed: number;
  readonly maxTokens: number;
}

/** The fields of every request but what it says. The seed is kept below 2³¹, which every server takes. */
export const requestFields = (
  request: Pick<GenerateRequest, "temperature" | "topP">,
  sampling: SamplingOptions,
  preset: Pick<Preset, "limit" | "sampling">,
  { model, seed, maxTokens }: Fields,
): Body => ({
  model,
  ...samplingBody(request, sampling, preset.sampling),
  seed: seed % 2 ** 31,
  [preset.limit]: maxTokens,
  stream_options: { include_usage: true },
});

export const messagesOf = (request: Pick<GenerateRequest, "messages">, systemMessages: "keep" | "merge"): Json =>
  (systemMessages === "merge" ? withoutSystem(request.messages) : request.messages).map(({ role, content }) => ({
    role,
    content,
  }));

export const samplingBody = (
  request: Pick<GenerateRequest, "temperature" | "topP">,
  { temperature, topP, topK, minP, repetitionPenalty }: SamplingOptions,
  names: Preset["sampling"],
): Body =>
  defined({
    temperature: request.temperature ?? temperature,
    top_p: request.topP ?? topP,
    ...(names === undefined
      ? {}
      : {
          [names.topK]: topK === 0 ? names.allTokens : topK,
          [names.minP]: minP,
          [names.repetitionPenalty]: repetitionPenalty,
        }),
  });

const defined = (fields: Readonly<Record<string, Json | undefined>>): Body =>
  Object.fromEntries(Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));

/** Accepted by vLLM before and after it renamed its own fields, and by hosted APIs. */
export const schemaFormat = (schema: Json): Json => ({
  type: "json_schema",
  json_schema: { name: "answer", schema, ...(isStrict(schema) ? { strict: true } : {}) },
});

/** Hosted APIs hold strictly only to schemas in which every property is required and no other is allowed, and refuse the rest in strict mode. */
const isStrict = (schema: Json): boolean => {
  if (typeof schema !== "object" || schema === null) return true;
  const parts: readonly Json[] = Object.values(schema);
  return isClosed(schema) && parts.every(isStrict);
};

const isClosed = (schema: object): boolean => {
  if (!("properties" in schema) || typeof schema.properties !== "object" || schema.properties === null) return true;
  const required: readonly unknown[] = "required" in schema && Array.isArray(schema.required) ? schema.required : [];
  return (
    "additionalProperties" in schema &&
    schema.additionalProperties === false &&
    Object.keys(schema.properties).every((name) => required.includes(name))
  );
};
