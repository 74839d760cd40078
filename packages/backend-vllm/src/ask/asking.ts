import type { ChatServer } from "@aide-ts/backend-openai";
import { AideError, type BackendCall, type GenerateRequest } from "@aide-ts/plugin";
import type { VllmOptions } from "../options.ts";

/** What is known of a server and its model. */
export interface Served {
  readonly model: string;
  readonly contextTokens: number;
  /** Prompts can be rendered and counted, and so answers continued. */
  readonly tokenizes: boolean;
  readonly thinks: boolean;
  /** The chat template opens a thought. */
  readonly opened: boolean;
  /** The server splits thoughts off itself. */
  readonly splits: boolean;
  /** The server heeds `thinking_token_budget`. */
  readonly budgets: boolean;
  /** Tokens to a block of the server's prefix cache; `undefined` where it keeps none. */
  readonly prefixBlock: number | undefined;
}

/** One call, and where it goes. */
export interface Asking {
  readonly server: ChatServer;
  readonly served: Served;
  readonly options: VllmOptions;
  readonly request: GenerateRequest;
  readonly call: BackendCall;
  readonly queuedMs: number;
}

/**
 * The most tokens that an answer to a prompt of `prompt` tokens may have.
 * @throws AIDE_CONTEXT_OVERFLOW where none is left.
 */
export const roomFor = ({ server, served, call, request }: Asking, prompt: number): number => {
  const wanted = Math.max(1, Math.min(call.grantedTokens, request.maxTokens ?? call.grantedTokens));
  const left = served.contextTokens - prompt;
  if (left < 1)
    throw new AideError({
      code: "AIDE_CONTEXT_OVERFLOW",
      message: `The prompt has ${prompt} tokens; prompt and answer together may have ${served.contextTokens}.`,
      fix: "Serve the model with a larger --max-model-len, or shorten the prompt: preview.characters=…",
      fault: "backend",
      facts: { server: server.url },
    });
  return Math.min(wanted, left);
};
