import { setTimeout as sleep } from "node:timers/promises";
import type { Behaviour, Exchange } from "./model-server.ts";

/** What a server means to answer; not of one byte a letter, and of several lines. */
export const answerPieces = ["Grüße, ", "Welt 🙂\n", "```python\n", "x = 1\n", "```"] as const;

export const start = ({ response, protocol }: Exchange): void =>
  void response.writeHead(200, { "content-type": protocol.contentType });

export const bodyOf = ({ protocol }: Exchange, reason = "stop"): string =>
  answerPieces.map((text) => protocol.piece(text)).join("") +
  protocol.finish(reason, answerPieces.length) +
  protocol.end;

export const refuse =
  (status: number, message: string, type: string, headers: Readonly<Record<string, string>> = {}): Behaviour =>
  ({ response, protocol }) =>
    void response
      .writeHead(status, { "content-type": "application/json", ...headers })
      .end(protocol.refusal(message, type));

export const page =
  (status: number): Behaviour =>
  ({ response }) =>
    void response
      .writeHead(status, { "content-type": "text/html" })
      .end("<!DOCTYPE html><html><head><title>Sign in</title></head><body><h1>Sign in</h1></body></html>");

/** The whole answer, streamed where that is asked for. */
export const answerWell: Behaviour = (exchange) => {
  if (/"stream":\s*false/.test(exchange.body)) return whole(exchange);
  start(exchange);
  exchange.response.end(bodyOf(exchange));
};

export const whole: Behaviour = ({ response, protocol }) =>
  void response
    .writeHead(200, { "content-type": "application/json" })
    .end(protocol.whole(answerPieces.join(""), answerPieces.length));

/** Sends the first pieces, waits until they are on their way, then does something else. */
export const after =
  (pieces: number, then: Behaviour): Behaviour =>
  async (exchange) => {
    start(exchange);
    for (const text of answerPieces.slice(0, pieces)) exchange.response.write(exchange.protocol.piece(text));
    await sleep(20);
    await then(exchange);
  };

export const reset: Behaviour = ({ socket }) => void socket.resetAndDestroy();
export const close: Behaviour = ({ socket }) => void socket.destroy();
export const error = (code: `AIDE_${string}`, transient: boolean, more: object = {}) =>
  ({ kind: "error", code, transient, ...more }) as const;
export const disconnected = (spent: number) => error("AIDE_BACKEND_DISCONNECTED", true, spent === 0 ? {} : { spent });
