import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { getRequestListener, RequestError } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { AideError, messageOf } from "@aide-ts/plugin";
import type { Address } from "./address.ts";
import { endpoints } from "./endpoints.ts";
import { asAideError, errorReply } from "./error-reply.ts";
import type { Exchange, RequestSummary } from "./exchange.ts";
import { hostUnknown, portForbidden, portTaken } from "./errors/server.ts";
import { requestLine } from "./request-line.ts";
import type { ServedModel } from "./served-model.ts";
import { taken } from "./taken.ts";

/** The longest that a backend which ignores its signal can delay a stop. */
const graceMs = 5000;

/** In place of a request whose host and path make no URL: it is let in, or not, as others are, and finds nothing. */
const nowhere = new Request("http://localhost/");

export interface BackendServerOptions {
  readonly served: ServedModel;
  readonly address: Address;
  /** Takes secrets out of what is reported of errors. */
  readonly mask: (text: string) => string;
  /** A line for the terminal. */
  readonly say: (line: string) => void;
  /** Unexpected errors. */
  readonly warn: (text: string) => void;
}

/** A model behind OpenAI's protocol. */
export class BackendServer implements AsyncDisposable {
  readonly url: string;
  readonly #server: Server;
  readonly #options: BackendServerOptions;
  readonly #closing = new AbortController();
  readonly #underWay = new Set<Promise<void>>();

  private constructor(server: Server, options: BackendServerOptions) {
    this.#server = server;
    this.#options = options;
    this.url = urlOf(server, options.address.host);
    server.on("request", (request, response) => {
      const answering = this.#answer(request, response).finally(() => this.#underWay.delete(answering));
      this.#underWay.add(answering);
    });
  }

  /** @throws AIDE_SERVE_PORT, AIDE_SERVE_HOST */
  static async listen(options: BackendServerOptions): Promise<BackendServer> {
    const server = createServer();
    const { host, port } = options.address;
    server.listen(port, host);
    await once(server, "listening").catch((cause: unknown) => {
      throw notListening(options.address, cause);
    });
    return new BackendServer(server, options);
  }

  /** Takes no further request, aborts those under way and lets their clients know. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.#server.listening) return;
    const closed = once(this.#server, "close");
    this.#server.close();
    this.#closing.abort();
    const grace = new AbortController();
    const over = sleep(graceMs, undefined, { signal: grace.signal }).catch(() => undefined);
    await Promise.race([Promise.all(this.#underWay), over]);
    grace.abort();
    this.#server.closeAllConnections();
    await closed;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { served, address, say } = this.#options;
    const began = served.now();
    const gone = new AbortController();
    response.once("close", () => gone.abort());
    let summary: RequestSummary | undefined;
    const exchange: Exchange = {
      request,
      response,
      served,
      key: address.key,
      signal: AbortSignal.any([gone.signal, this.#closing.signal]),
      closing: this.#closing.signal,
      errorBody: (thrown) => this.#reply(thrown).body,
      refuse: (thrown) => {
        // The client went away while it sent: nobody is there to get a reply.
        if (response.destroyed) {
          exchange.note({ end: summary?.end ?? "gone" });
          return RESPONSE_ALREADY_SENT;
        }
        const { status, headers, body } = this.#reply(thrown);
        exchange.note({ end: asAideError(thrown).code });
        // What of the body is still to come would hold the connection.
        request.resume();
        return Response.json(body, { status, headers });
      },
      note: (now) => void (summary = { ...summary, ...now }),
    };
    const answer = getRequestListener((asked) => endpoints.fetch(asked, exchange), {
      overrideGlobalObjects: false,
      autoCleanupIncoming: false,
      hostname: "localhost",
      errorHandler: (thrown) =>
        thrown instanceof RequestError ? endpoints.fetch(nowhere, exchange) : exchange.refuse(thrown),
    });
    await answer(request, response);
    await taken(response, "finish");
    if (summary !== undefined) say(requestLine(served.id, summary, { at: began, ms: served.now() - began }));
  }

  #reply(thrown: unknown) {
    const { served, mask, warn } = this.#options;
    if (!AideError.is(thrown)) warn(thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown));
    return errorReply(asAideError(thrown), { contextTokens: served.capabilities.contextTokens, mask });
  }
}

const urlOf = (server: Server, host: string): string => {
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return `http://${host.includes(":") ? `[${host}]` : host}:${port}`;
};

const notListening = ({ host, port }: Address, cause: unknown): AideError => {
  const reason = messageOf(cause);
  if (reason.includes("EACCES")) return portForbidden(port, cause);
  if (reason.includes("EADDRINUSE")) return portTaken(port, cause);
  return hostUnknown(host, reason, cause);
};
