import type { BackendCall, GenerateRequest, Json, Message } from "@aide-ts/plugin";
import type { Body, ChatServer } from "../protocol/server.ts";
import { contextOverflow } from "../errors.ts";

/** A prompt as the model's chat template renders it. */
export interface RenderedPrompt {
  readonly tokens: number;
  /** The template opens a thought. */
  readonly opened: boolean;
  /** The `prompt` field of a completion that goes on behind it, and its tokens. */
  followedBy(text: string): Promise<{ readonly prompt: Json; readonly tokens: number }>;
}

/** Who renders prompts, so that an answer can be gone on from: the server, or the model's own files. */
export interface Renderer {
  render(messages: readonly Message[], signal: AbortSignal): Promise<RenderedPrompt>;
}

/** What is known of a server and its model. */
export interface Served {
  readonly model: string;
  readonly contextTokens: number;
  /** Without one, nothing can be counted or gone on from. */
  readonly renderer: Renderer | undefined;
  readonly thinks: boolean;
  /** The chat template opens a thought. */
  readonly opened: boolean;
  /** The server splits thoughts off itself. */
  readonly splits: boolean;
  /** The server heeds `thinking_token_budget`. */
  readonly budgets: boolean;
  /** The server holds answers to a schema. */
  readonly schemas: boolean;
  /** Tokens to a block of the server's prefix cache; `undefined` where it keeps none. */
  readonly prefixBlock: number | undefined;
}

/** One call, and where it goes. */
export interface Asking {
  readonly server: ChatServer;
  readonly served: Served;
  readonly request: GenerateRequest;
  readonly call: BackendCall;
  readonly queuedMs: number;
  readonly systemMessages: "keep" | "merge";
  /** `true` opens a thought in every answer. */
  readonly thinking: "auto" | boolean;
  /** Fields that chats and completions share: sampling, seed, limit, and what the user adds. */
  readonly fields: (maxTokens: number) => Body;
}

export const grantedTokens = ({ call, request }: Pick<Asking, "call" | "request">): number =>
  Math.max(1, Math.min(call.grantedTokens, request.maxTokens ?? call.grantedTokens));

/**
 * The most tokens that an answer to a prompt of `prompt` tokens may have.
 * @throws AIDE_CONTEXT_OVERFLOW where none is left.
 */
export const roomFor = (asking: Asking, prompt: number): number => {
  const { server, served } = asking;
  const left = served.contextTokens - prompt;
  if (left >= 1) return Math.min(grantedTokens(asking), left);
  throw contextOverflow(server.url, prompt, served.contextTokens);
};
