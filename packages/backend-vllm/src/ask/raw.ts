import { fillAnswer, schemaFormat, StreamedAnswer } from "@aide-ts/backend-openai";
import type { GenerateRequest, Generation } from "@aide-ts/plugin";
import { roomFor, type Asking } from "./asking.ts";
import { sharedFields } from "./fields.ts";
import { continuationTokens, renderPrompt, resumedAnswer } from "./prompt.ts";

export interface RawAsking extends Asking {
  readonly continueFrom: GenerateRequest["continueFrom"];
  /** Begin a thought where neither the template nor the answer has. */
  readonly open: boolean;
  /** Stop where the thought ends. */
  readonly pause: boolean;
  /** At most, of what is granted. */
  readonly limit: number;
  readonly schema: GenerateRequest["schema"];
}

/** A completion of the rendered prompt and of what there is of the answer: continued token by token, whatever the chat template does to answers. */
export const askRaw = async (asking: RawAsking): Promise<Generation> => {
  const { server, served, options, request, call, queuedMs, continueFrom, open, pause, limit, schema } = asking;
  const { model, thinks } = served;
  const { tokens, opened } = await renderPrompt(
    { server, model, systemMessages: options.systemMessages },
    request,
    call.signal,
  );
  const { text, beginning } = resumedAnswer(continueFrom, { opened, thinks, open });
  const prompt = [...tokens, ...(await continuationTokens({ server, model }, text, call.signal))];
  const maxTokens = Math.min(limit, roomFor(asking, prompt.length));
  const answer = new StreamedAnswer({
    server: server.url,
    beginning,
    stops: request.stop ?? [],
    limit: maxTokens,
    pauseAfterThought: pause,
    promptEstimate: prompt.length,
    onProgress: call.onProgress,
  });
  const body = {
    ...sharedFields(request, options, { model, seed: call.seed, maxTokens }),
    prompt,
    ...(schema === undefined ? {} : { response_format: schemaFormat(schema) }),
    ...options.body,
  };
  await fillAnswer(server, { path: "/completions", body, model }, call.signal, answer);
  return answer.generation(queuedMs);
};
