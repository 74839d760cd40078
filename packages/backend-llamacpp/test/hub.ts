import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface Hub extends AsyncDisposable {
  readonly url: string;
  /** What was asked for, in order: the path and the range. */
  readonly asked: readonly {
    readonly path: string;
    readonly range: string | undefined;
    readonly token: string | undefined;
  }[];
  /** Bytes of files sent. */
  readonly sent: number;
}

interface Faults {
  /** Ends the connection after so many bytes of each answer. */
  readonly cutAfter?: number;
  readonly ranges?: boolean;
  readonly status?: number;
  /** Bytes a tick, with a pause between ticks: a slow line. */
  readonly slow?: number;
}

/** A model hub on this machine, with the faults that real ones have. */
export const startHub = async (content: Uint8Array, faults: Faults = {}): Promise<Hub> => {
  const asked: { path: string; range: string | undefined; token: string | undefined }[] = [];
  const state = { sent: 0 };
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const { range, authorization } = request.headers;
    asked.push({ path: request.url ?? "", range, token: authorization });
    if (faults.status !== undefined) return void response.writeHead(faults.status).end();
    const from = faults.ranges === false ? 0 : Number(/^bytes=(\d+)-/.exec(range ?? "")?.[1] ?? 0);
    const body = content.subarray(from, faults.cutAfter === undefined ? undefined : from + faults.cutAfter);
    response.writeHead(from > 0 ? 206 : 200, {
      "content-length": content.length - from,
      ...(from > 0 ? { "content-range": `bytes ${from}-${content.length - 1}/${content.length}` } : {}),
    });
    for (let at = 0; at < body.length && !response.destroyed; at += faults.slow ?? body.length) {
      const chunk = body.subarray(at, at + (faults.slow ?? body.length));
      state.sent += chunk.length;
      await new Promise((resolve) => response.write(chunk, resolve));
      if (faults.slow !== undefined) await new Promise((resolve) => setTimeout(resolve, 5));
    }
    if (body.length < content.length - from) response.destroy();
    else response.end();
  };
  const server = createServer((request, response) => void answer(request, response)).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    get sent() {
      return state.sent;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
};
