import { disconnected, garbled, type Read } from "@aide-ts/backend-kit";
import type { Json } from "@aide-ts/plugin";
import { refusal } from "../failures.ts";
import { answerLine } from "../protocol/chunk.ts";
import type { OllamaServer, Waiting } from "../protocol/server.ts";
import type { Writing } from "./writing.ts";

/** Lines beyond the granted ones after which a server is taken to ignore num_predict. */
const margin = 4;

/** One streamed call of the server. An answer takes two where its thought is cut. */
export interface StreamedCall {
  readonly path: "/api/chat" | "/api/generate";
  readonly body: Json;
  /** The most tokens that it may bring. */
  readonly limit: number;
  /** The most tokens of thought, all calls together. */
  readonly maxThoughtTokens: number;
  /** The call is over when the thought is. */
  readonly untilThoughtOver: boolean;
}

export interface StreamedCallEnd {
  readonly why: "stop" | "length" | "stop-sequence" | "thought-over" | "thought-full" | "repetition";
  /** What the server says that it used; `undefined` where the call was cut. */
  readonly counts?: {
    readonly prompt: number | undefined;
    readonly cached: number | undefined;
    readonly answer: number | undefined;
  };
}

/**
 * Runs one call; what comes goes to `writing`.
 * @throws what `OllamaServer.stream` throws.
 */
export const runStreamedCall = async (
  server: OllamaServer,
  streamed: StreamedCall,
  writing: Writing,
  waiting: Waiting,
): Promise<StreamedCallEnd> => {
  let end: StreamedCallEnd | undefined;
  let lines = 0;
  const onLine = (text: string): Read => {
    const line = answerLine(text);
    if (line === undefined) throw garbled(server.url, text);
    if (line.kind === "error") {
      if (!/token repeat limit/i.test(line.text)) throw lineFailure(server, text);
      end = { why: "repetition" };
      return "done";
    }
    if (streamed.untilThoughtOver && line.content !== "" && writing.onlyThought) {
      end = { why: "thought-over" };
      return "done";
    }
    writing.think(line.thinking);
    writing.write(line.content);
    if (line.thinking !== "" || line.content !== "") lines++;
    if (line.kind === "done") {
      const { promptTokens: prompt, cachedTokens: cached, answerTokens: answer, reason } = line;
      const counts = { prompt, cached, answer };
      end = { why: writing.stopped ? "stop-sequence" : reason === "length" ? "length" : "stop", counts };
      return "done";
    }
    const why = cutHere(streamed, writing, lines);
    if (why !== undefined) end = { why };
    return why !== undefined || waiting.signal.aborted ? "done" : "go on";
  };
  await server.stream(streamed.path, streamed.body, waiting, onLine);
  waiting.signal.throwIfAborted();
  if (end !== undefined) return end;
  if (writing.repeating) return { why: "repetition" };
  throw disconnected(server.url, "the answer ended without its last line");
};

const cutHere = (streamed: StreamedCall, writing: Writing, lines: number): StreamedCallEnd["why"] | undefined => {
  if (writing.stopped) return "stop-sequence";
  if (streamed.untilThoughtOver && writing.thoughtOver) return "thought-over";
  if (lines >= streamed.limit + margin) return "length";
  if (writing.thinking && writing.lines.reasoning >= streamed.maxThoughtTokens) return "thought-full";
  return undefined;
};

/** An error in the middle of an answer, whose status was 200 already. */
const lineFailure = (server: OllamaServer, body: string) =>
  refusal({ server: server.url, model: server.model, status: 500, body, header: () => undefined });
