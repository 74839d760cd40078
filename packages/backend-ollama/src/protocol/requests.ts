import type { GenerateRequest, Json, Message } from "@aide-ts/plugin";
import type { OllamaOptions } from "../options.ts";
import { keptTokens } from "../call/truncation.ts";

/** llama.cpp reads this seed as "choose one by chance". */
const randomSeed = 0xffff_ffff;

type Common = Pick<OllamaOptions, "keepAlive"> & { readonly model: string };

const common = ({ model, keepAlive }: Common): { readonly [key: string]: Json } => ({
  model,
  keep_alive: keepAlive,
  truncate: false,
  shift: false,
});

/** All of the sampling, since Modelfiles and versions of Ollama differ in what they take for what is left out. */
export const sampling = (
  options: OllamaOptions,
  request: GenerateRequest,
  { contextTokens, seed, tokens }: { readonly contextTokens: number; readonly seed: number; readonly tokens: number },
): { readonly [key: string]: Json } => ({
  num_ctx: contextTokens,
  num_predict: tokens,
  num_keep: keptTokens,
  seed: seed === randomSeed ? randomSeed - 1 : seed,
  temperature: request.temperature ?? options.temperature,
  top_p: request.topP ?? options.topP,
  top_k: options.topK,
  min_p: options.minP,
  typical_p: 1,
  repeat_penalty: options.repetitionPenalty,
  repeat_last_n: 64,
  presence_penalty: 0,
  frequency_penalty: 0,
  ...(options.threads === undefined ? {} : { num_thread: options.threads }),
});

export interface Chat extends Common {
  readonly messages: readonly Message[];
  readonly think: boolean | string | undefined;
  readonly schema: Json | undefined;
  readonly options: { readonly [key: string]: Json };
}

export const chatBody = (chat: Chat): { readonly [key: string]: Json } => ({
  ...common(chat),
  messages: chat.messages.map(({ role, content }) => ({ role, content })),
  stream: true,
  options: chat.options,
  ...(chat.think === undefined ? {} : { think: chat.think }),
  ...(chat.schema === undefined ? {} : { format: chat.schema }),
});

/** Asks how the server would put the messages to the model. */
export const renderBody = (chat: Omit<Chat, "schema">): { readonly [key: string]: Json } => ({
  ...chatBody({ ...chat, schema: undefined }),
  stream: false,
  _debug_render_only: true,
});

export interface Raw extends Common {
  readonly prompt: string;
  readonly schema: Json | undefined;
  readonly options: { readonly [key: string]: Json };
}

/** `think: false` keeps the server from splitting off a thought whose beginning it has not seen. */
export const rawBody = (raw: Raw): { readonly [key: string]: Json } => ({
  ...common(raw),
  prompt: raw.prompt,
  raw: true,
  stream: true,
  think: false,
  options: raw.options,
  ...(raw.schema === undefined ? {} : { format: raw.schema }),
});
