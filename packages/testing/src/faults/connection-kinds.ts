import { setTimeout as sleep } from "node:timers/promises";
import type { FaultKind } from "./fault-kind.ts";
import { after, answerPieces, close, disconnected, error, reset, start } from "./playing.ts";

/** Connections that are refused, break, or end too early. */
export const connectionKinds: readonly FaultKind[] = [
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
      response.write(
        answerPieces.map((text) => protocol.piece(text)).join("") + protocol.finish("stop", answerPieces.length),
      );
      await sleep(20);
      exchange.socket.resetAndDestroy();
    },
    becomes: { kind: "answer" },
  },
  {
    name: "a body shorter than announced",
    play: (exchange) => {
      const body = Buffer.from(
        answerPieces
          .slice(0, 2)
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
];
