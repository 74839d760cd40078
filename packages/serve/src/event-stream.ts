import type { ServerResponse } from "node:http";
import type { Piece } from "./answer-body.ts";
import { taken } from "./taken.ts";

/**
 * Server-sent events of one answer. A backend cannot be made to wait, so what a slow client does not take yet is gathered into one event of each
 * kind: what is held is the answer's own text, and no event for each of its tokens.
 */
export class EventStream {
  readonly #response: ServerResponse;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #opening: unknown;
  readonly #event: (piece: Piece) => unknown;
  #waiting: Piece[] = [];

  constructor(
    response: ServerResponse,
    events: {
      readonly headers: Readonly<Record<string, string>>;
      readonly opening: unknown;
      readonly event: (piece: Piece) => unknown;
    },
  ) {
    this.#response = response;
    this.#headers = events.headers;
    this.#opening = events.opening;
    this.#event = events.event;
  }

  /** Whether the status is sent: errors now have to go into the stream. */
  get begun(): boolean {
    return this.#response.headersSent;
  }

  push(piece: Piece): void {
    if (piece.text === "" || this.#response.destroyed) return;
    this.#begin();
    if (this.#waiting.length === 0 && !this.#response.writableNeedDrain) this.#send(this.#event(piece));
    else this.#gather(piece);
  }

  /** The last events, once the client has taken those before. */
  async end(events: readonly unknown[]): Promise<void> {
    this.#begin();
    await this.#drain();
    if (this.#response.destroyed) return;
    for (const event of events) this.#send(event);
    this.#response.end("data: [DONE]\n\n");
  }

  /** Ends it with an error; clients distinguish that from a finished answer because `[DONE]` is missing. */
  async fail(error: unknown): Promise<void> {
    await this.#drain();
    if (this.#response.destroyed) return;
    this.#send(error);
    this.#response.end();
  }

  #begin(): void {
    if (this.begun || this.#response.destroyed) return;
    this.#response.writeHead(200, {
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-cache",
      // Proxies would gather events otherwise.
      "x-accel-buffering": "no",
      ...this.#headers,
    });
    this.#send(this.#opening);
  }

  async #drain(): Promise<void> {
    while (this.#waiting.length > 0 && !this.#response.destroyed) {
      await taken(this.#response, "drain");
      this.#flush();
    }
  }

  #gather(piece: Piece): void {
    const last = this.#waiting.at(-1);
    if (last === undefined) this.#response.once("drain", () => this.#flush());
    if (last?.reasoning === piece.reasoning)
      this.#waiting[this.#waiting.length - 1] = { ...piece, text: last.text + piece.text };
    else this.#waiting.push(piece);
  }

  #flush(): void {
    for (const piece of this.#waiting.splice(0)) this.#send(this.#event(piece));
  }

  #send(event: unknown): void {
    this.#response.write(`data: ${JSON.stringify(event)}\n\n`);
  }
}
