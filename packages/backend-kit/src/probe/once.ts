import { orAborted } from "@aide-ts/plugin";
import { backendClosed } from "../errors.ts";

/**
 * What is asked once, by whoever comes first, and kept for all; asked again where asking failed, and where the answer was forgotten. Who no longer waits
 * stops it for nobody else: asking ends with `close`.
 */
export class Once<T> {
  readonly #ask: (signal: AbortSignal) => Promise<T>;
  readonly #closing = new AbortController();
  #asked: Promise<T> | undefined;
  #found: { readonly answer: T } | undefined;

  constructor(ask: (signal: AbortSignal) => Promise<T>) {
    this.#ask = ask;
  }

  /** The answer, where there is one already. */
  get found(): T | undefined {
    return this.#found?.answer;
  }

  /** @throws what asking throws, AIDE_BACKEND_CLOSED, and the signal's reason. */
  async get(signal?: AbortSignal): Promise<T> {
    this.#closing.signal.throwIfAborted();
    signal?.throwIfAborted();
    this.#asked ??= this.#begin();
    return signal === undefined ? this.#asked : orAborted(this.#asked, signal);
  }

  /** Forgets an answer that no longer holds; `false` where it was forgotten before. */
  forget(answer: T): boolean {
    if (this.#found?.answer !== answer) return false;
    this.#found = this.#asked = undefined;
    return true;
  }

  /** Ends the asking, and gives what was found, for its own end. */
  async close(): Promise<T | undefined> {
    this.#closing.abort(backendClosed());
    const asked = this.#asked;
    this.#found = this.#asked = undefined;
    return asked?.catch(() => undefined);
  }

  #begin(): Promise<T> {
    const { signal } = this.#closing;
    return (async () => this.#ask(signal))().then(
      (answer) => {
        if (!signal.aborted) this.#found = { answer };
        return answer;
      },
      (error: unknown) => {
        this.#asked = undefined;
        throw signal.aborted ? signal.reason : error;
      },
    );
  }
}
