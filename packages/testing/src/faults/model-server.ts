import { once } from "node:events";
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { Socket } from "node:net";
import { expiredCertificate } from "./certificate.ts";
import type { Protocol } from "./protocol.ts";

/** A request to generate, and what is needed to answer it well or badly. */
export interface Exchange {
  readonly protocol: Protocol;
  /** Counts from 1. */
  readonly number: number;
  readonly path: string;
  readonly body: string;
  readonly response: ServerResponse;
  readonly socket: Socket;
}

export type Behaviour = (exchange: Exchange) => void | Promise<void>;

export interface ModelServerOptions {
  readonly protocol: Protocol;
  readonly generate: Behaviour;
  /** Speak TLS, with a certificate that expired long ago. */
  readonly expiredTls?: boolean;
  readonly port?: number;
}

/** A model server in this process, on the loopback address, that behaves as its options say. */
export interface FakeModelServer extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
  /** Requests to generate, so far. */
  readonly generations: number;
  readonly sockets: { readonly open: number; readonly most: number };
}

export const startModelServer = async (options: ModelServerOptions): Promise<FakeModelServer> => {
  const { protocol, generate, expiredTls = false } = options;
  const sockets = new Set<Socket>();
  let most = 0;
  let generations = 0;
  const respond = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await readBody(request);
    const path = new URL(request.url ?? "/", "http://127.0.0.1").pathname;
    if (protocol.isGeneration(path)) {
      generations++;
      await generate({ protocol, number: generations, path, body, response, socket: request.socket });
      return;
    }
    const other = protocol.other(path);
    response.writeHead(other.status, { "content-type": "application/json" }).end(other.body);
  };
  const answer: RequestListener = (request, response) => void respond(request, response);
  const server = expiredTls ? createTlsServer(expiredCertificate, answer) : createServer(answer);
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    most = Math.max(most, sockets.size);
    socket.on("error", () => undefined);
    socket.once("close", () => sockets.delete(socket));
  });
  server.on("tlsClientError", () => undefined);
  server.listen(options.port ?? 0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    url: `${expiredTls ? "https" : "http"}://127.0.0.1:${port}`,
    port,
    get generations() {
      return generations;
    },
    get sockets() {
      return { open: sockets.size, most };
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      if (!server.listening) return;
      server.close();
      await once(server, "close");
    },
  };
};

/** Empty where the client goes away first. */
const readBody = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of request) if (chunk instanceof Buffer) chunks.push(chunk);
  } catch {
    return "";
  }
  return Buffer.concat(chunks).toString();
};
