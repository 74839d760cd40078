/** Rejects once nothing that somebody asked for has been under way for a while: there is nothing that could still wake them. */
export class IdleWatch implements Disposable {
  readonly tooLong: Promise<never>;
  readonly #milliseconds: number;
  readonly #fire: () => void;
  #open = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(milliseconds: number, error: () => Error) {
    const { promise, reject } = Promise.withResolvers<never>();
    promise.catch(() => undefined);
    this.tooLong = promise;
    this.#milliseconds = milliseconds;
    this.#fire = () => reject(error());
    this.#wait();
  }

  async during<T>(call: () => Promise<T>): Promise<T> {
    this.#open += 1;
    clearTimeout(this.#timer);
    try {
      return await call();
    } finally {
      this.#open -= 1;
      if (this.#open === 0) this.#wait();
    }
  }

  [Symbol.dispose](): void {
    this.#open = Number.POSITIVE_INFINITY;
    clearTimeout(this.#timer);
  }

  #wait(): void {
    this.#timer = setTimeout(this.#fire, this.#milliseconds);
  }
}
