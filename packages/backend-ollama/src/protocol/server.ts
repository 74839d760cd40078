import {
  connectionFailure,
  Connections,
  garbled,
  readLines,
  Silence,
  type Patience,
  type Read,
} from "@aide-ts/backend-kit";
import type { Json } from "@aide-ts/plugin";
import type { z } from "zod";
import { refusal } from "../failures.ts";
import { notOllama } from "../errors.ts";

export interface Waiting {
  readonly signal: AbortSignal;
  readonly patience: Patience;
}

/** For questions that no model has to be loaded for. */
export const short: Patience = { firstSeconds: 60, nextSeconds: 60 };

/** One Ollama server, asked about one model. */
export class OllamaServer implements AsyncDisposable {
  readonly url: string;
  readonly model: string;
  readonly #connections: Connections;

  constructor(url: string, model: string, sockets: number) {
    this.url = url;
    this.model = model;
    this.#connections = new Connections({ sockets });
  }

  /**
   * Asks for one JSON object: by POST where there is a body, else by GET.
   * @throws what `stream` throws, and AIDE_BACKEND_GARBLED where the answer is not `shape`.
   */
  async ask<T>(path: string, body: Json | undefined, shape: z.ZodType<T>, waiting: Waiting): Promise<T> {
    let text = "";
    await this.#send(path, body, waiting, async (bytes) => {
      await readLines(bytes, this.url, (line) => {
        text += line;
        return "go on";
      });
    });
    const parsed = shape.safeParse(jsonOf(text));
    if (parsed.success) return parsed.data;
    throw garbled(this.url, `${path} answered ${text}`, parsed.error);
  }

  /**
   * Posts, and gives each line of the answer to `onLine` until it says "done", or the lines end.
   * @throws AIDE_BACKEND_UNREACHABLE, _TLS, _DISCONNECTED, _STALLED, _GARBLED, _BUSY, _FAILED, _REFUSED, _KEY, _NOT_AN_API, _MEMORY, _CLOSED,
   * AIDE_MODEL_NOT_FOUND, AIDE_SCHEMA_UNSUPPORTED, AIDE_CONTEXT_OVERFLOW, and the signal's reason.
   */
  stream(path: string, body: Json, waiting: Waiting, onLine: (line: string) => Read): Promise<void> {
    return this.#send(path, body, waiting, (bytes) => readLines(bytes, this.url, onLine));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#connections[Symbol.asyncDispose]();
  }

  async #send(
    path: string,
    body: Json | undefined,
    { signal, patience }: Waiting,
    read: (bytes: AsyncIterable<Uint8Array>) => Promise<void>,
  ): Promise<void> {
    signal.throwIfAborted();
    using silence = new Silence(signal, this.url, patience);
    try {
      const {
        status,
        headers,
        body: bytes,
      } = await this.#connections.send(`${this.url}${path}`, {
        method: body === undefined ? "GET" : "POST",
        headers: { "content-type": "application/json" },
        signal: silence.signal,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      if (status !== 200) {
        const header = (name: string) => [headers[name] ?? []].flat()[0];
        throw refusal({ server: this.url, model: this.model, status, body: await bytes.text(), header });
      }
      if (String(headers["content-type"]).startsWith("text/html")) throw notOllama(this.url, await bytes.text());
      await read(silence.over(bytes));
    } catch (error) {
      signal.throwIfAborted();
      throw connectionFailure(error, this.url);
    }
  }
}

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
