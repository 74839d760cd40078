import {
  connectionFailure,
  Connections,
  garbled,
  readEvents,
  refusalFailure,
  Silence,
  type Answered,
  type Patience,
  type Read,
} from "@aide-ts/backend-kit";
import { AideError, type Json } from "@aide-ts/plugin";
import OpenAI, { APIError } from "openai";
import { readChunk, type Chunk } from "./chunk.ts";

export interface ServerAddress {
  /** Up to and with `/v1`. */
  readonly url: string;
  readonly key: string | undefined;
  /** Where a key is set, or how; for errors. */
  readonly keyFix: string;
  readonly sockets: number;
  readonly patience: Patience;
}

export type Piece = Extract<Chunk, { kind: "piece" }>;

/** An API's address, which people give with and without `/v1`. */
export const apiUrl = (url: string): string => `${url.replace(/\/+$/, "").replace(/\/v1$/, "")}/v1`;

/** A request's body, as JSON. */
export type Body = { readonly [field: string]: Json };

/** The client insists on a key, and some servers have none. */
const noKey = "none";

/** How an event stream ended. `whole`: the server stated that it was over. */
export interface StreamEnd {
  readonly whole: boolean;
}

/** One server with OpenAI's protocol. Nothing is sent twice here: whoever pays for a call decides that. */
export class ChatServer implements AsyncDisposable {
  readonly url: string;
  readonly #connections: Connections;
  readonly #client: OpenAI;
  readonly #address: ServerAddress;
  /** Bodies stay streams of Node: as web streams they would cost twice the CPU. */
  readonly #answers = new WeakMap<Response, Answered>();

  constructor(address: ServerAddress) {
    this.#address = address;
    this.url = address.url.replace(/\/+$/, "");
    this.#connections = new Connections({ sockets: address.sockets });
    this.#client = new OpenAI({
      apiKey: address.key ?? noKey,
      organization: null,
      project: null,
      baseURL: this.url,
      maxRetries: 0,
      // Longer than any answer: silence is what ends a call.
      timeout: 2 ** 31 - 1,
      fetch: (input, init) => this.#fetch(input, init),
    });
  }

  /**
   * Streams an answer. `onPiece` says "done" to end it early, which closes the connection.
   * @throws AideError with fault `backend`, or `user` where only a person can help.
   */
  async stream(
    path: "/chat/completions" | "/completions",
    body: Body,
    model: string,
    signal: AbortSignal,
    onPiece: (piece: Piece) => Read,
  ): Promise<StreamEnd> {
    using silence = new Silence(signal, this.url, this.#address.patience);
    let whole = false;
    try {
      const response = await this.#client
        .post(path, { body: { ...body, stream: true }, signal: silence.signal })
        .asResponse();
      const answer = this.#answers.get(response);
      if (answer === undefined) throw garbled(this.url, "It sent no body.");
      const bytes = answer.body;
      const type = answer.headers["content-type"] ?? "";
      const onData = (data: string): Read => {
        if (whole) return "go on";
        if (data !== "[DONE]") return onPiece(this.#read(data, model));
        whole = true;
        silence.expectEnd();
        return "go on";
      };
      if (type.startsWith("text/html")) throw this.#refused(response.status, await bytes.text(), "", () => undefined);
      // Servers that do not stream answer whole.
      if (type.startsWith("application/json")) onData(await bytes.text());
      else await readEvents(silence.over(bytes), this.url, onData);
      return { whole };
    } catch (error) {
      if (whole) return { whole };
      throw silence.failure ?? this.#failure(error, model);
    }
  }

  /** A JSON answer of any of the server's paths; `undefined` where it has no such path. */
  async json(
    { path, body, root = false }: { readonly path: string; readonly body?: Body; readonly root?: boolean },
    signal: AbortSignal,
  ): Promise<unknown> {
    const answer = await this.text({ path, root, ...(body === undefined ? {} : { body }) }, signal);
    if (answer === undefined) return undefined;
    try {
      const parsed: unknown = JSON.parse(answer);
      return parsed;
    } catch (cause) {
      throw /^\s*</.test(answer) ? this.#refused(200, answer, "", () => undefined) : garbled(this.url, answer, cause);
    }
  }

  /** As `json`, without reading it. `root`: the path counts from the server's root, not from `/v1`. */
  async text(
    { path, body, root = false }: { readonly path: string; readonly body?: Body; readonly root?: boolean },
    signal: AbortSignal,
  ): Promise<string | undefined> {
    const { key, patience } = this.#address;
    using silence = new Silence(signal, this.url, {
      firstSeconds: Math.min(60, patience.firstSeconds),
      nextSeconds: 60,
    });
    try {
      const answer = await this.#connections.send(`${root ? this.url.replace(/\/v1$/, "") : this.url}${path}`, {
        method: body === undefined ? "GET" : "POST",
        headers: {
          ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
          ...(body === undefined ? {} : { "content-type": "application/json" }),
        },
        signal: silence.signal,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await answer.body.text();
      if (answer.status === 404 || answer.status === 405) return undefined;
      if (answer.status >= 400) throw this.#refused(answer.status, text, "", (name) => firstOf(answer.headers[name]));
      return text;
    } catch (error) {
      throw silence.failure ?? this.#failure(error, "");
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#connections[Symbol.asyncDispose]();
  }

  async #fetch(input: string | URL | Request, init: RequestInit = {}): Promise<Response> {
    const { method, body, signal } = init;
    const answer = await this.#connections.send(String(input), {
      method: method === "GET" ? "GET" : "POST",
      headers: Object.fromEntries(init.headers instanceof Headers ? init.headers : new Headers(init.headers)),
      signal: signal ?? new AbortController().signal,
      ...(typeof body === "string" ? { body } : {}),
    });
    if (answer.status >= 300) {
      const headers = new Headers();
      for (const [name, value] of Object.entries(answer.headers)) {
        const first = firstOf(value);
        if (first !== undefined) headers.set(name, first);
      }
      return new Response((await answer.body.text()) || null, { status: answer.status, headers });
    }
    const response = new Response(null, { status: answer.status });
    this.#answers.set(response, answer);
    return response;
  }

  #read(data: string, model: string): Piece {
    const chunk = readChunk(data);
    if (chunk.kind === "unreadable") throw garbled(this.url, data);
    if (chunk.kind === "error") throw this.#refused(chunk.status, chunk.body, model, () => undefined);
    return chunk;
  }

  #failure(error: unknown, model: string): AideError {
    const ours = oursIn(error);
    if (ours !== undefined) return ours;
    if (error instanceof APIError && typeof error.status === "number") {
      const body: string =
        error.error === undefined ? error.message.replace(/^\d+ /, "") : JSON.stringify({ error: error.error });
      const headers: unknown = error.headers;
      return this.#refused(error.status, body, model, (name) =>
        headers instanceof Headers ? (headers.get(name) ?? undefined) : undefined,
      );
    }
    return connectionFailure(error, this.url);
  }

  #refused(status: number, body: string, model: string, header: (name: string) => string | undefined): AideError {
    return refusalFailure({ server: this.url, status, body, model, header, keyFix: this.#address.keyFix });
  }
}

const firstOf = (value: string | readonly string[] | undefined): string | undefined =>
  typeof value === "string" || value === undefined ? value : value[0];

/** The client wraps what its `fetch` rejects with. */
const oursIn = (error: unknown): AideError | undefined => {
  for (let at = error, depth = 0; at instanceof Error && depth < 8; at = at.cause, depth++)
    if (AideError.is(at)) return at;
  return undefined;
};
