interface Waiting {
  readonly admit: () => void;
}

/** Lets a number of calls in at a time, in order of arrival. The number may change while calls wait. */
export class Slots {
  #limit: number;
  #taken = 0;
  readonly #waiting: Waiting[] = [];

  constructor(limit: number) {
    this.#limit = limit;
  }

  get limit(): number {
    return this.#limit;
  }

  set limit(limit: number) {
    this.#limit = limit;
    this.#admit();
  }

  get taken(): number {
    return this.#taken;
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  /** Resolves with the function that gives the slot back, which may be called twice; with `undefined` when `signal` fired first. */
  async enter(signal: AbortSignal): Promise<(() => void) | undefined> {
    if (signal.aborted) return undefined;
    if (this.#taken >= this.#limit || this.#waiting.length > 0) {
      const { promise: admitted, resolve } = Promise.withResolvers<boolean>();
      const place: Waiting = { admit: () => resolve(true) };
      const giveUp = () => {
        const at = this.#waiting.indexOf(place);
        if (at === -1) return;
        this.#waiting.splice(at, 1);
        resolve(false);
      };
      signal.addEventListener("abort", giveUp, { once: true });
      this.#waiting.push(place);
      const isIn = await admitted;
      signal.removeEventListener("abort", giveUp);
      if (!isIn) return undefined;
    } else this.#taken++;
    let left = false;
    return () => {
      if (left) return;
      left = true;
      this.#taken--;
      this.#admit();
    };
  }

  #admit(): void {
    while (this.#taken < this.#limit) {
      const next = this.#waiting.shift();
      if (next === undefined) return;
      this.#taken++;
      next.admit();
    }
  }
}
