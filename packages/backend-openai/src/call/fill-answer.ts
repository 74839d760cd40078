import { disconnected } from "@aide-ts/backend-kit";
import { AideError } from "@aide-ts/plugin";
import type { Body, ChatServer } from "../protocol/server.ts";
import type { StreamedAnswer } from "./streamed-answer.ts";

export interface Sent {
  readonly path: "/chat/completions" | "/completions";
  readonly body: Body;
  /** For errors. */
  readonly model: string;
}

/**
 * Streams an answer until it is over, whoever ends it: the model, a limit, a stop string, the caller.
 * @throws AideError with fault `backend`, with the tokens that had come as `spent`, or with fault `user` where only a person can help.
 */
export const fillAnswer = async (
  server: ChatServer,
  { path, body, model }: Sent,
  signal: AbortSignal,
  answer: StreamedAnswer,
): Promise<void> => {
  try {
    const { whole } = await server.stream(path, body, model, signal, (piece) => answer.take(piece));
    if (whole) answer.close();
    if (!answer.finished) throw disconnected(server.url, "The stream ended before the answer did.");
  } catch (error) {
    if (answer.finished) return;
    if (signal.aborted) answer.abort();
    else throw AideError.is(error) && !answer.isEmpty ? AideError.with(error, { spent: answer.usage() }) : error;
  }
};
