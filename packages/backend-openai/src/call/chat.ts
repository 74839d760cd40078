import { promptBounds } from "@aide-ts/backend-kit";
import type { Generation } from "@aide-ts/plugin";
import { fillAnswer } from "./fill-answer.ts";
import { StreamedAnswer } from "./streamed-answer.ts";
import { messagesOf, schemaFormat } from "../protocol/requests.ts";
import { grantedTokens, roomFor, type Asking } from "./asking.ts";

/** A chat request: the server renders, and splits thoughts off where it is set up to do so. */
export const askChat = async (asking: Asking): Promise<Generation> => {
  const { server, served, request, call, queuedMs, systemMessages, fields } = asking;
  const { schema, maxThoughtTokens } = request;
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
    ...fields(maxTokens),
    messages: messagesOf(request, systemMessages),
    ...(schema === undefined || !served.schemas ? {} : { response_format: schemaFormat(schema) }),
    ...(maxThoughtTokens === undefined || !served.budgets ? {} : { thinking_token_budget: maxThoughtTokens }),
  };
  await fillAnswer(server, { path: "/chat/completions", body, model: served.model }, call.signal, answer);
  return answer.generation(queuedMs);
};

const beginningOf = ({ served, thinking }: Asking) => {
  if (thinking === false || served.splits) return "text";
  return served.opened ? "thought" : "open";
};

/** Counted where prompt and answer could come to the limit; else they fit for certain. */
const promptTokens = async (asking: Asking): Promise<number> => {
  const { served, request, call } = asking;
  const { least, most } = promptBounds(request.messages);
  if (served.renderer === undefined || most + grantedTokens(asking) <= served.contextTokens) return least;
  return (await served.renderer.render(request.messages, call.signal)).tokens;
};
