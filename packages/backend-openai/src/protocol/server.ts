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

/** How an event stream ended. `whole`: the server stated that it was over. */
export interface StreamEnd {
  readonly whole: boolean;
}

/** One server with OpenAI's protocol. Nothing is sent twice here: whoever pays for a call decides that. */
export class ChatServer implements AsyncDisposable {
  readonly url: string;
  readonly #connections: Connections;
  readonly #address: ServerAddress;

  constructor(address: ServerAddress) {
    this.#address = address;
    this.url = address.url.replace(/\/+$/, "");
    this.#connections = new Connections({ sockets: address.sockets });
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
      const answer = await this.#send(`${this.url}${path}`, { ...body, stream: true }, silence.signal);
      const { status, body: bytes } = answer;
      if (status >= 300) throw this.#refused(answer, await bytes.text(), model);
      const type = firstOf(answer.headers["content-type"]) ?? "";
      const onData = (data: string): Read => {
        if (whole) return "go on";
        if (data !== "[DONE]") return onPiece(this.#read(data, model));
        whole = true;
        silence.expectEnd();
        return "go on";
      };
      if (type.startsWith("text/html")) throw this.#refused(answer, await bytes.text(), "");
      // Servers that do not stream answer whole.
      if (type.startsWith("application/json")) onData(await bytes.text());
      else await readEvents(silence.over(bytes), this.url, onData);
      return { whole };
    } catch (error) {
      if (whole) return { whole };
      throw silence.failure ?? this.#failure(error);
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
      throw /^\s*</.test(answer)
        ? this.#refused({ status: 200, headers: {} }, answer, "")
        : garbled(this.url, answer, cause);
    }
  }

  /** As `json`, without reading it. `root`: the path counts from the server's root, not from `/v1`. */
  async text(
    { path, body, root = false }: { readonly path: string; readonly body?: Body; readonly root?: boolean },
    signal: AbortSignal,
  ): Promise<string | undefined> {
    const { patience } = this.#address;
    using silence = new Silence(signal, this.url, {
      firstSeconds: Math.min(60, patience.firstSeconds),
      nextSeconds: 60,
    });
    try {
      const base = root ? this.url.replace(/\/v1$/, "") : this.url;
      const answer = await this.#send(`${base}${path}`, body, silence.signal);
      const text = await answer.body.text();
      if (answer.status === 404 || answer.status === 405) return undefined;
      if (answer.status >= 400) throw this.#refused(answer, text, "");
      return text;
    } catch (error) {
      throw silence.failure ?? this.#failure(error);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#connections[Symbol.asyncDispose]();
  }

  /** GET without a body. */
  #send(url: string, body: Body | undefined, signal: AbortSignal): Promise<Answered> {
    const { key } = this.#address;
    return this.#connections.send(url, {
      method: body === undefined ? "GET" : "POST",
      headers: {
        ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      signal,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }

  #read(data: string, model: string): Piece {
    const chunk = readChunk(data);
    if (chunk.kind === "unreadable") throw garbled(this.url, data);
    if (chunk.kind === "error") throw this.#refused({ status: chunk.status, headers: {} }, chunk.body, model);
    return chunk;
  }

  #failure(error: unknown): AideError {
    return oursIn(error) ?? connectionFailure(error, this.url);
  }

  #refused({ status, headers }: Pick<Answered, "status" | "headers">, body: string, model: string): AideError {
    const header = (name: string) => firstOf(headers[name]);
    return refusalFailure({ server: this.url, status, body, model, header, keyFix: this.#address.keyFix });
  }
}

const firstOf = (value: string | readonly string[] | undefined): string | undefined =>
  typeof value === "string" || value === undefined ? value : value[0];

/** What ends a body wraps the error that it was ended with. */
const oursIn = (error: unknown): AideError | undefined => {
  for (let at = error, depth = 0; at instanceof Error && depth < 8; at = at.cause, depth++)
    if (AideError.is(at)) return at;
  return undefined;
};
