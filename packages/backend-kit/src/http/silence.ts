import type { AideError } from "@aide-ts/plugin";
import { stalled } from "../errors.ts";

export interface Patience {
  /** Seconds without a byte until an answer's first: time in the server's queue counts. */
  readonly firstSeconds: number;
  /** Seconds without a byte after it. */
  readonly nextSeconds: number;
}

/** Seconds for an answer to end once its last token has come: its connection can then serve another. */
const lastSeconds = 1;

/** A signal that fires when the caller stops, or when a server was silent for too long. */
export class Silence implements Disposable {
  readonly signal: AbortSignal;
  readonly #own = new AbortController();
  readonly #server: string;
  readonly #patience: Patience;
  #timer: NodeJS.Timeout;
  #state: "first" | "next" | "last" = "first";
  #failure: AideError | undefined;

  constructor(caller: AbortSignal, server: string, patience: Patience) {
    this.#server = server;
    this.#patience = patience;
    this.signal = AbortSignal.any([caller, this.#own.signal]);
    this.#timer = this.#wait(patience.firstSeconds);
  }

  /** Why the wait was given up; `undefined` while it was not. */
  get failure(): AideError | undefined {
    return this.#failure;
  }

  /** The bytes as they come; each piece ends a silence. */
  async *over(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of bytes) {
      this.#hear();
      yield chunk;
    }
  }

  /** The answer's last token has come: no further byte prolongs the wait any more. */
  expectEnd(): void {
    this.#enter("last", lastSeconds);
  }

  #hear(): void {
    if (this.#state === "next") this.#timer.refresh();
    else if (this.#state === "first") this.#enter("next", this.#patience.nextSeconds);
  }

  #enter(state: "next" | "last", seconds: number): void {
    this.#state = state;
    clearTimeout(this.#timer);
    this.#timer = this.#wait(seconds);
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
  }

  #wait(seconds: number): NodeJS.Timeout {
    return setTimeout(() => {
      this.#failure = stalled(this.#server, seconds);
      this.#own.abort(this.#failure);
    }, seconds * 1000);
  }
}
