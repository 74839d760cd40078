import { setImmediate as nextTurn, setTimeout as sleep } from "node:timers/promises";
import type { Behaviour, Exchange } from "./model-server.ts";
import type { Protocol } from "./protocol.ts";

/** What must become of the call that meets a fault. */
export type Becomes =
  /** The whole answer, as if nothing had been. */
  | { readonly kind: "answer"; readonly estimated?: boolean }
  /** The answer is cut where it reached what was granted. */
  | { readonly kind: "cut" }
  | {
      readonly kind: "error";
      readonly code: `AIDE_${string}`;
      /** It may be sent again. */
      readonly transient: boolean;
      /** A person must act: it ends the run. */
      readonly user?: boolean;
      /** Pieces that had come, and are paid for. */
      readonly spent?: number;
      readonly retryAfterMs?: number;
    };

export interface FaultKind {
  readonly name: string;
  readonly play: Behaviour;
  readonly becomes: Becomes;
  /** The server speaks TLS, with an expired certificate. */
  readonly expiredTls?: true;
  /** Nothing listens at the address. */
  readonly refused?: true;
  /** The address is asked by another scheme than the server speaks. */
  readonly scheme?: "https";
  /** Of what protocols it is; of all without. */
  readonly of?: Protocol["name"];
}

/** What a server means to answer; not of one byte a letter, and of several lines. */
export const ANSWER = ["Grüße, ", "Welt 🙂\n", "```python\n", "x = 1\n", "```"] as const;

const start = ({ response, protocol }: Exchange): void =>
  void response.writeHead(200, { "content-type": protocol.contentType });

const bodyOf = ({ protocol }: Exchange, reason = "stop"): string =>
  ANSWER.map((text) => protocol.piece(text)).join("") + protocol.finish(reason, ANSWER.length) + protocol.end;

const refuse =
  (status: number, message: string, type: string, headers: Readonly<Record<string, string>> = {}): Behaviour =>
  ({ response, protocol }) =>
    void response
      .writeHead(status, { "content-type": "application/json", ...headers })
      .end(protocol.refusal(message, type));

const page =
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

const whole: Behaviour = ({ response, protocol }) =>
  void response
    .writeHead(200, { "content-type": "application/json" })
    .end(protocol.whole(ANSWER.join(""), ANSWER.length));

/** Sends the first pieces, waits until they are on their way, then does something else. */
const after =
  (pieces: number, then: Behaviour): Behaviour =>
  async (exchange) => {
    start(exchange);
    for (const text of ANSWER.slice(0, pieces)) exchange.response.write(exchange.protocol.piece(text));
    await sleep(20);
    await then(exchange);
  };

const reset: Behaviour = ({ socket }) => void socket.resetAndDestroy();
const close: Behaviour = ({ socket }) => void socket.destroy();
const error = (code: `AIDE_${string}`, transient: boolean, more: object = {}) =>
  ({ kind: "error", code, transient, ...more }) as const;
const disconnected = (spent: number) => error("AIDE_BACKEND_DISCONNECTED", true, spent === 0 ? {} : { spent });

/** Ways in which model servers, and what stands before them, go wrong. */
export const faultKinds: readonly FaultKind[] = [
  { name: "connection refused", refused: true, play: reset, becomes: error("AIDE_BACKEND_UNREACHABLE", true) },
  {
    name: "expired certificate",
    expiredTls: true,
    play: reset,
    becomes: error("AIDE_BACKEND_TLS", false, { user: true }),
  },
  {
    name: "https to a server of http",
    scheme: "https",
    play: reset,
    becomes: error("AIDE_BACKEND_TLS", false, { user: true }),
  },
  { name: "reset before the headers", play: reset, becomes: disconnected(0) },
  { name: "closed before the headers", play: close, becomes: disconnected(0) },
  { name: "reset after the headers", play: after(0, reset), becomes: disconnected(0) },
  { name: "reset in the middle of a stream", play: after(3, reset), becomes: disconnected(3) },
  { name: "closed in the middle of a stream", play: after(3, close), becomes: disconnected(3) },
  {
    name: "reset after the last token",
    play: async (exchange) => {
      start(exchange);
      const { response, protocol } = exchange;
      response.write(ANSWER.map((text) => protocol.piece(text)).join("") + protocol.finish("stop", ANSWER.length));
      await sleep(20);
      exchange.socket.resetAndDestroy();
    },
    becomes: { kind: "answer" },
  },
  {
    name: "a body shorter than announced",
    play: (exchange) => {
      const body = Buffer.from(
        ANSWER.slice(0, 2)
          .map((text) => exchange.protocol.piece(text))
          .join(""),
      );
      exchange.response.writeHead(200, {
        "content-type": exchange.protocol.contentType,
        "content-length": String(body.length + 500),
      });
      exchange.response.write(body, () => exchange.socket.end());
    },
    becomes: disconnected(2),
  },
  { name: "an empty answer", play: ({ response }) => void response.writeHead(200).end(), becomes: disconnected(0) },
  {
    name: "a stream that ends without a finish",
    play: after(3, ({ response }) => void response.end()),
    becomes: disconnected(3),
  },
  {
    name: "context exceeded, new words",
    play: refuse(
      400,
      "You passed 9000 input tokens and requested 100 output tokens. However, the model's context length is only 8192 tokens, resulting in a maximum input length of 8092 tokens. Please reduce the length of the input prompt.",
      "BadRequestError",
    ),
    becomes: error("AIDE_CONTEXT_OVERFLOW", false),
  },
  {
    name: "context exceeded, old words",
    play: refuse(
      400,
      "This model's maximum context length is 8192 tokens. However, you requested 9100 tokens (9000 in the messages, 100 in the completion). Please reduce the length of the messages or completion.",
      "BadRequestError",
    ),
    becomes: error("AIDE_CONTEXT_OVERFLOW", false),
  },
  {
    name: "400",
    play: refuse(400, "messages: field required", "BadRequestError"),
    becomes: error("AIDE_BACKEND_REFUSED", false),
  },
  {
    name: "422",
    play: refuse(422, "value is not a valid float", "ValidationError"),
    becomes: error("AIDE_BACKEND_REFUSED", false),
  },
  { name: "413 page of a proxy", play: page(413), becomes: error("AIDE_BACKEND_REFUSED", false) },
  {
    name: "401",
    play: refuse(401, "Incorrect API key provided", "invalid_api_key"),
    becomes: error("AIDE_BACKEND_KEY", false, { user: true }),
  },
  {
    name: "403",
    play: refuse(403, "Not allowed", "permission_denied"),
    becomes: error("AIDE_BACKEND_KEY", false, { user: true }),
  },
  {
    name: "402",
    play: refuse(402, "Insufficient credits", "payment_required"),
    becomes: error("AIDE_BACKEND_QUOTA", false, { user: true }),
  },
  {
    name: "404 for the model",
    play: refuse(404, "The model `test-model` does not exist.", "NotFoundError"),
    becomes: error("AIDE_MODEL_NOT_FOUND", false, { user: true }),
  },
  { name: "404 page", play: page(404), becomes: error("AIDE_BACKEND_NOT_AN_API", false, { user: true }) },
  { name: "408", play: refuse(408, "Request timeout", "timeout"), becomes: error("AIDE_BACKEND_BUSY", true) },
  { name: "409", play: refuse(409, "Conflict", "conflict"), becomes: error("AIDE_BACKEND_BUSY", true) },
  {
    name: "429 without retry-after",
    play: refuse(429, "Rate limit reached", "rate_limit"),
    becomes: error("AIDE_BACKEND_BUSY", true),
  },
  {
    name: "429 with retry-after",
    play: refuse(429, "Rate limit reached", "rate_limit", { "retry-after": "7" }),
    becomes: error("AIDE_BACKEND_BUSY", true, { retryAfterMs: 7000 }),
  },
  {
    name: "429 with retry-after-ms",
    play: refuse(429, "Rate limit reached", "rate_limit", { "retry-after-ms": "250" }),
    becomes: error("AIDE_BACKEND_BUSY", true, { retryAfterMs: 250 }),
  },
  {
    name: "429 with a retry-after that says nothing",
    play: refuse(429, "Rate limit reached", "rate_limit", { "retry-after": "soon" }),
    becomes: error("AIDE_BACKEND_BUSY", true),
  },
  {
    name: "429 because the account is empty",
    play: refuse(
      429,
      "You exceeded your current quota, please check your plan and billing details.",
      "insufficient_quota",
    ),
    becomes: error("AIDE_BACKEND_QUOTA", false, { user: true }),
  },
  {
    name: "500",
    play: refuse(500, "CUDA error: an illegal memory access", "internal"),
    becomes: error("AIDE_BACKEND_FAILED", true),
  },
  { name: "502 page of a proxy", play: page(502), becomes: error("AIDE_BACKEND_FAILED", true) },
  {
    name: "503",
    play: refuse(503, "server busy, please try again.  maximum pending requests exceeded", "busy"),
    becomes: error("AIDE_BACKEND_BUSY", true),
  },
  {
    name: "503 with retry-after",
    play: refuse(503, "loading model", "unavailable", { "retry-after": "2" }),
    becomes: error("AIDE_BACKEND_BUSY", true, { retryAfterMs: 2000 }),
  },
  { name: "504 page of a proxy", play: page(504), becomes: error("AIDE_BACKEND_FAILED", true) },
  { name: "529", play: refuse(529, "Overloaded", "overloaded_error"), becomes: error("AIDE_BACKEND_BUSY", true) },
  { name: "a page for an answer", play: page(200), becomes: error("AIDE_BACKEND_NOT_AN_API", false, { user: true }) },
  {
    name: "a redirect to a page",
    play: ({ response }) =>
      void response
        .writeHead(302, { location: "/login", "content-type": "text/html" })
        .end("<html><body>Found</body></html>"),
    becomes: error("AIDE_BACKEND_NOT_AN_API", false, { user: true }),
  },
  {
    name: "a whole answer where a stream was asked for",
    play: whole,
    becomes: { kind: "answer" },
  },
  {
    name: "no UTF-8",
    play: after(2, ({ response, protocol }) => {
      const [before = "", behind = ""] = protocol.piece("#").split("#");
      response.write(Buffer.concat([Buffer.from(before), Buffer.from([0xc3, 0x28]), Buffer.from(behind)]));
      response.end(protocol.finish("stop", 3) + protocol.end);
    }),
    becomes: error("AIDE_BACKEND_GARBLED", true, { spent: 2 }),
  },
  {
    name: "one byte at a time",
    play: async (exchange) => {
      start(exchange);
      exchange.socket.setNoDelay(true);
      for (const byte of Buffer.from(bodyOf(exchange))) {
        exchange.response.write(Buffer.of(byte));
        await nextTurn();
      }
      exchange.response.end();
    },
    becomes: { kind: "answer" },
  },
  {
    name: "all in one piece",
    play: answerWell,
    becomes: { kind: "answer" },
  },
  {
    name: "lines that end with CR LF",
    play: (exchange) => {
      start(exchange);
      exchange.response.end(bodyOf(exchange).replaceAll("\n", "\r\n"));
    },
    becomes: { kind: "answer" },
  },
  {
    name: "comments and event names between",
    of: "openai",
    play: (exchange) => {
      start(exchange);
      exchange.response.end(
        `: PROCESSING\n\n${bodyOf(exchange).replaceAll("data: ", ": still here\nevent: message\nid: 1\ndata: ")}`,
      );
    },
    becomes: { kind: "answer" },
  },
  {
    name: "no [DONE]",
    of: "openai",
    play: (exchange) => {
      start(exchange);
      exchange.response.end(bodyOf(exchange).replace(exchange.protocol.end, ""));
    },
    becomes: { kind: "answer" },
  },
  {
    name: "[DONE] without a finish",
    of: "openai",
    play: after(5, ({ response, protocol }) => void response.end(protocol.end)),
    becomes: { kind: "answer", estimated: true },
  },
  {
    name: "[DONE] and then rubbish",
    of: "openai",
    play: (exchange) => {
      start(exchange);
      exchange.response.end(`${bodyOf(exchange)}data: {"choices":[{"delta":{"content":"more"}}]}\n\ndata: {{{\n\n`);
    },
    becomes: { kind: "answer" },
  },
  {
    name: "no usage",
    of: "openai",
    play: after(
      5,
      ({ response, protocol }) =>
        void response.end(`data: {"choices":[{"delta":{},"finish_reason":"stop"}]}\n\n${protocol.end}`),
    ),
    becomes: { kind: "answer", estimated: true },
  },
  {
    name: "events without what they should hold",
    of: "openai",
    play: (exchange) => {
      start(exchange);
      exchange.response.end(
        `data: {}\n\ndata: {"choices":null}\n\ndata: {"choices":[null]}\n\ndata: {"choices":[{"delta":{"content":null}}]}\n\ndata: {"choices":[{"delta":{"content":7}}],"usage":"none"}\n\n${bodyOf(exchange)}`,
      );
    },
    becomes: { kind: "answer" },
  },
  {
    name: "an answer held back by a filter",
    of: "openai",
    play: after(2, ({ response, protocol }) => void response.end(protocol.finish("content_filter", 2) + protocol.end)),
    becomes: error("AIDE_BACKEND_WITHHELD", false, { spent: 2 }),
  },
  {
    name: "an answer given up by the server",
    of: "openai",
    play: after(2, ({ response, protocol }) => void response.end(protocol.finish("abort", 2) + protocol.end)),
    becomes: disconnected(2),
  },
  {
    name: "an event that is no JSON",
    of: "openai",
    play: after(2, ({ response, protocol }) => void response.end(`data: {"choices": [}\n\n${protocol.end}`)),
    becomes: error("AIDE_BACKEND_GARBLED", true, { spent: 2 }),
  },
  {
    name: "a line that is no JSON",
    of: "ollama",
    play: after(2, ({ response }) => void response.end(`{"message": }\n`)),
    becomes: error("AIDE_BACKEND_GARBLED", true, { spent: 2 }),
  },
  {
    name: "an error inside a stream",
    play: after(
      3,
      ({ response, protocol }) =>
        void response.end(protocol.error("an error was encountered while running the model", 500)),
    ),
    becomes: error("AIDE_BACKEND_FAILED", true, { spent: 3 }),
  },
  {
    name: "an error first thing in a stream",
    play: after(
      0,
      ({ response, protocol }) => void response.end(protocol.error("llama runner process has terminated", 500)),
    ),
    becomes: error("AIDE_BACKEND_FAILED", true),
  },
  {
    name: "context exceeded, said inside a stream",
    play: after(
      0,
      ({ response, protocol }) =>
        void response.end(protocol.error("the prompt is longer than the context length currently available", 400)),
    ),
    becomes: error("AIDE_CONTEXT_OVERFLOW", false),
  },
  {
    name: "silence before the headers",
    play: () => undefined,
    becomes: error("AIDE_BACKEND_STALLED", true),
  },
  {
    name: "silence before the first token",
    play: after(0, ({ response }) => void response.flushHeaders()),
    becomes: error("AIDE_BACKEND_STALLED", true),
  },
  {
    name: "silence in the middle",
    play: after(3, () => undefined),
    becomes: error("AIDE_BACKEND_STALLED", true, { spent: 3 }),
  },
  {
    name: "a generation without end",
    play: async (exchange) => {
      start(exchange);
      while (!exchange.response.destroyed) {
        exchange.response.write(exchange.protocol.piece("and on "));
        await nextTurn();
      }
    },
    becomes: { kind: "cut" },
  },
  {
    name: "a line without end",
    play: after(2, async ({ response, protocol }) => {
      response.write((protocol.piece("#").split("#")[0] ?? "") + "x");
      const block = "x".repeat(2 ** 16);
      while (!response.destroyed) {
        if (!response.write(block)) await Promise.race([sleep(50), nextTurn()]);
        await nextTurn();
      }
    }),
    becomes: error("AIDE_BACKEND_GARBLED", true, { spent: 2 }),
  },
];
