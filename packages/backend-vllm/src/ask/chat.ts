import { promptBounds } from "@aide-ts/backend-kit";
import { fillAnswer, messagesOf, schemaFormat, StreamedAnswer } from "@aide-ts/backend-openai";
import type { Generation } from "@aide-ts/plugin";
import { roomFor, type Asking } from "./asking.ts";
import { sharedFields } from "./fields.ts";
import { renderPrompt } from "./prompt.ts";

/** A chat request: the server renders, and splits thoughts off where it was told to. */
export const askChat = async (asking: Asking): Promise<Generation> => {
  const { server, served, options, request, call, queuedMs } = asking;
  const { systemMessages } = options;
  const maxTokens = roomFor(asking, await promptTokens(asking));
  const answer = new StreamedAnswer({
    server: server.url,
    beginning: beginningOf(asking),
    stops: request.stop ?? [],
    limit: maxTokens,
    pauseAfterThought: false,
    promptEstimate: Math.ceil(promptBounds(request.messages).most / 4),
    onProgress: call.onProgress,
  });
  const body = {
    ...sharedFields(request, options, { model: served.model, seed: call.seed, maxTokens }),
    messages: messagesOf(request, systemMessages),
    ...(request.schema === undefined ? {} : { response_format: schemaFormat(request.schema) }),
    ...(request.maxThoughtTokens === undefined ? {} : { thinking_token_budget: request.maxThoughtTokens }),
    ...options.body,
  };
  await fillAnswer(server, { path: "/chat/completions", body, model: served.model }, call.signal, answer);
  return answer.generation(queuedMs);
};

const beginningOf = ({ served, options }: Asking) => {
  if (options.thinking === false || served.splits) return "text";
  return served.opened ? "thought" : "open";
};

/** Counted by the server where prompt and answer could come to its limit; else the answer fits for certain. */
const promptTokens = async ({ server, served, options, request, call }: Asking): Promise<number> => {
  const { least, most } = promptBounds(request.messages);
  if (!served.tokenizes || most + call.grantedTokens <= served.contextTokens) return least;
  const { systemMessages } = options;
  return (await renderPrompt({ server, model: served.model, systemMessages }, request, call.signal)).tokens.length;
};
