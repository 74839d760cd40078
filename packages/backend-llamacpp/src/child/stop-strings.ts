/** Ends a text at the first of several stop strings; what may still become one is held back. */
export class StopStrings {
  readonly #stops: readonly string[];
  #held = "";

  constructor(stops: readonly string[]) {
    this.#stops = stops.filter((stop) => stop !== "");
  }

  push(delta: string): { readonly text: string; readonly stopped: boolean } {
    this.#held += delta;
    const at = this.#stops.map((stop) => this.#held.indexOf(stop)).filter((index) => index !== -1);
    if (at.length > 0) return { text: this.#held.slice(0, Math.min(...at)), stopped: true };
    const keep = Math.max(0, ...this.#stops.map((stop) => overlap(this.#held, stop)));
    const text = this.#held.slice(0, this.#held.length - keep);
    this.#held = this.#held.slice(this.#held.length - keep);
    return { text, stopped: false };
  }

  end(): string {
    return this.#held;
  }
}

const overlap = (text: string, stop: string): number => {
  for (let length = Math.min(stop.length - 1, text.length); length > 0; length--) if (text.endsWith(stop.slice(0, length))) return length;
  return 0;
};
