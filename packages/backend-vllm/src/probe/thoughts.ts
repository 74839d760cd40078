import { StreamedAnswer, fillAnswer, type ChatServer } from "@aide-ts/backend-openai";
import { AideError } from "@aide-ts/plugin";

const tokens = 64;
const budget = 8;

/** What one short chat shows of a server, which says nothing of it itself. */
export interface Shown {
  readonly splits: boolean;
  readonly budgets: boolean;
}

/** Whether the server splits thoughts off, and whether it heeds a budget for them. */
export const probeThoughts = async (server: ChatServer, model: string, signal: AbortSignal): Promise<Shown> => {
  const plain = await shortChat(server, model, {}, signal);
  const splits = plain !== undefined && plain.reasoning > 0;
  if (!splits) return { splits, budgets: false };
  const budgeted = await shortChat(server, model, { thinking_token_budget: budget }, signal);
  // The end of the thought, which the server writes itself, may have several tokens.
  return { splits, budgets: budgeted !== undefined && budgeted.reasoning <= budget + 8 && budgeted.text };
};

/** Tokens of reasoning, and whether there was text; `undefined` where the server refuses the field. */
const shortChat = async (
  server: ChatServer,
  model: string,
  fields: { readonly thinking_token_budget?: number },
  signal: AbortSignal,
): Promise<{ readonly reasoning: number; readonly text: boolean } | undefined> => {
  const answer = new StreamedAnswer({
    server: server.url,
    beginning: "text",
    stops: [],
    limit: tokens,
    pauseAfterThought: false,
    promptEstimate: 0,
    onProgress: undefined,
  });
  const body = {
    model,
    messages: [{ role: "user", content: "How many primes are there below 100?" }],
    temperature: 0,
    max_tokens: tokens,
    // A model that has nothing to say would show nothing.
    min_tokens: tokens / 2,
    stream_options: { include_usage: true, continuous_usage_stats: true },
    ...fields,
  };
  try {
    await fillAnswer(server, { path: "/chat/completions", body, model }, signal, answer);
  } catch (error) {
    if (AideError.is(error) && error.code === "AIDE_BACKEND_REFUSED") return undefined;
    throw error;
  }
  signal.throwIfAborted();
  const { usage, text } = answer.generation(0);
  return { reasoning: usage.reasoning, text: text.trim() !== "" };
};
