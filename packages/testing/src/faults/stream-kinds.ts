import { setImmediate as nextTurn, setTimeout as sleep } from "node:timers/promises";
import type { FaultKind } from "./fault-kind.ts";
import { after, answerWell, bodyOf, disconnected, error, start, whole } from "./playing.ts";

/** Streams that are odd, wrong, silent, or without end. */
export const streamKinds: readonly FaultKind[] = [
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
    name: "[DONE] without a finish on a connection that stays open",
    of: "openai",
    play: after(5, ({ response, protocol }) => void response.write(protocol.end)),
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
    name: "an end on a connection that stays open",
    play: (exchange) => {
      start(exchange);
      exchange.response.write(bodyOf(exchange));
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
    name: "context exceeded, reported inside a stream",
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
