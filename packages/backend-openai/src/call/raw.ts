import { resumedAnswer } from "@aide-ts/backend-kit";
import type { GenerateRequest, Generation } from "@aide-ts/plugin";
import { fillAnswer } from "./fill-answer.ts";
import { StreamedAnswer } from "./streamed-answer.ts";
import { schemaFormat } from "../protocol/requests.ts";
import { roomFor, type Asking, type Renderer } from "./asking.ts";

export interface RawAsking extends Asking {
  readonly renderer: Renderer;
  readonly continueFrom: GenerateRequest["continueFrom"];
  /** Begin a thought where neither the template nor the answer has. */
  readonly open: boolean;
  /** Stop where the thought ends. */
  readonly pause: boolean;
  /** At most, of what is granted. */
  readonly limit: number;
  readonly schema: GenerateRequest["schema"];
}

/** A completion of the rendered prompt and of what there is of the answer, whatever the chat template does to answers. */
export const askRaw = async (asking: RawAsking): Promise<Generation> => {
  const { server, served, request, call, queuedMs, fields, renderer, continueFrom, open, pause, limit, schema } =
    asking;
  const rendered = await renderer.render(request.messages, call.signal);
  const { stretches, beginning } = resumedAnswer(continueFrom, {
    opened: rendered.opened,
    thinks: served.thinks,
    open,
  });
  const { prompt, tokens } = await rendered.followedBy(stretches.map(({ text }) => text).join(""));
  const maxTokens = Math.min(limit, roomFor(asking, tokens));
  const answer = new StreamedAnswer({
    server: server.url,
    beginning,
    stops: request.stop ?? [],
    limit: maxTokens,
    pauseAfterThought: pause,
    promptEstimate: tokens,
    onProgress: call.onProgress,
  });
  const body = {
    ...fields(maxTokens),
    prompt,
    ...(schema === undefined || !served.schemas ? {} : { response_format: schemaFormat(schema) }),
  };
  await fillAnswer(server, { path: "/completions", body, model: served.model }, call.signal, answer);
  return answer.generation(queuedMs);
};
