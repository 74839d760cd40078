import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import type { BackendCall, Generation } from "@aide-ts/plugin";
import { AnswerBody } from "./answer-body.ts";
import { parseChatRequest, type ChatRequest } from "./chat-request.ts";
import { asAideError } from "./error-reply.ts";
import { EventStream } from "./event-stream.ts";
import type { Endpoint, Exchange } from "./exchange.ts";
import { askedOf, type AskedOf } from "./generate-request.ts";
import { ignoredFields } from "./ignored-fields.ts";
import { readJson } from "./read-json.ts";
import { refuseUnsupported } from "./refused-fields.ts";
import { stopping } from "./errors/server.ts";
import { UnsentText } from "./unsent-text.ts";

/** `POST /v1/chat/completions`, whole or as a stream. */
export const chatCompletions: Endpoint = async (c) => {
  const exchange = c.env;
  const { request, served } = exchange;
  const body = parseChatRequest(await readJson(request));
  refuseUnsupported(body, served.capabilities.has);
  served.checkNamed(body.model);
  const asked = askedOf(body, served);
  const headers = headersOf(body, asked);
  const answer = new AnswerBody(served, body.stream_options?.include_usage ?? false);
  if (body.stream ?? false) {
    await stream(exchange, asked, answer, headers);
    return RESPONSE_ALREADY_SENT;
  }
  const made = await generate(exchange, asked);
  return made === undefined ? RESPONSE_ALREADY_SENT : c.json(answer.whole(made), 200, headers);
};

const headersOf = (body: ChatRequest, { seed }: AskedOf): Readonly<Record<string, string>> => {
  const ignored = ignoredFields(body);
  return { "x-aide-seed": String(seed), ...(ignored === undefined ? {} : { "x-aide-ignored": ignored }) };
};

/** `undefined` where the client is gone. */
const generate = async (
  { served, signal, response, note }: Exchange,
  { request, seed, grantedTokens }: AskedOf,
  onProgress?: BackendCall["onProgress"],
): Promise<Generation | undefined> => {
  const call = { seed, grantedTokens, signal, ...(onProgress === undefined ? {} : { onProgress }) };
  const made = await served.backend.generate(request, call);
  note({ usage: made.usage, end: made.finish });
  if (response.destroyed) return undefined;
  if (signal.aborted) throw stopping();
  return made;
};

const stream = async (
  exchange: Exchange,
  asked: AskedOf,
  answer: AnswerBody,
  headers: Readonly<Record<string, string>>,
): Promise<void> => {
  const { response, errorBody, note } = exchange;
  const events = new EventStream(response, {
    headers,
    opening: answer.opening(),
    event: (piece) => answer.piece(piece),
  });
  const unsent = new UnsentText();
  try {
    const made = await generate(exchange, asked, (progress) => {
      if (progress.kind !== "text") return;
      unsent.add(progress.delta, progress.reasoning);
      events.push({ text: progress.delta, reasoning: progress.reasoning });
    });
    if (made === undefined) return;
    for (const piece of unsent.of(made)) events.push(piece);
    await events.end(answer.closing(made));
  } catch (error) {
    if (!events.begun) throw error;
    note({ end: asAideError(error).code });
    await events.fail(errorBody(error));
  }
};
