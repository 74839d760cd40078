import type { IncomingHttpHeaders } from "node:http";
import type { Agent, Dispatcher } from "undici";
import { backendClosed } from "../errors.ts";

export interface ConnectionLimits {
  /** The most sockets that are open to one server. */
  readonly sockets: number;
  /** Seconds until a server that does not take a connection counts as unreachable. */
  readonly connectSeconds?: number;
}

export interface Posted {
  readonly method: "GET" | "POST" | "DELETE" | "HEAD";
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal: AbortSignal;
}

export interface Answered {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** Must be read to its end, or dumped. */
  readonly body: Dispatcher.ResponseData["body"];
}

/**
 * Sockets to model servers. An answer may take hours, so nothing times out once the server has taken the connection: who calls sets its own
 * deadline by `signal`. Idle sockets are given up before the 5 seconds after which uvicorn closes them.
 */
export class Connections implements AsyncDisposable {
  readonly #limits: ConnectionLimits;
  #agent: Agent | undefined;
  #closed = false;

  constructor(limits: ConnectionLimits) {
    this.#limits = limits;
  }

  /** Rejects with AIDE_BACKEND_CLOSED, or with undici's error where no answer begins; see `connectionFailure`. */
  async send(url: string, posted: Posted): Promise<Answered> {
    try {
      return await this.#send(url, posted);
    } catch (error) {
      throw this.#closed ? backendClosed() : error;
    }
  }

  /** What is under way ends with AIDE_BACKEND_CLOSED. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    await this.#agent?.destroy(backendClosed());
  }

  async #send(url: string, { method, headers = {}, body, signal }: Posted): Promise<Answered> {
    // A tenth of a second to load, which a run with the embedded model need not spend.
    const { Agent: Sockets, request } = await import("undici");
    if (this.#closed) throw backendClosed();
    const { sockets, connectSeconds = 10 } = this.#limits;
    this.#agent ??= new Sockets({
      connections: sockets,
      headersTimeout: 0,
      bodyTimeout: 0,
      connectTimeout: connectSeconds * 1000,
      keepAliveTimeout: 4000,
      keepAliveMaxTimeout: 4000,
    });
    const answer = await request(url, {
      method,
      headers: { ...headers },
      signal,
      dispatcher: this.#agent,
      ...(body === undefined ? {} : { body }),
    });
    return { status: answer.statusCode, headers: answer.headers, body: answer.body };
  }
}
