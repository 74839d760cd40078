/** Finds the first of several stop strings in a text that comes in pieces, and holds back what may become one. */
export class StopScanner {
  readonly #stops: readonly string[];
  #held = "";
  #stopped: string | undefined;

  constructor(stops: readonly string[]) {
    this.#stops = stops.filter((stop) => stop !== "");
  }

  /** The stop string that was met. */
  get stopped(): string | undefined {
    return this.#stopped;
  }

  /** The text up to here that can be shown: before the stop string, without what may be the start of one. */
  push(piece: string): string {
    if (this.#stops.length === 0) return piece;
    if (this.#stopped !== undefined) return "";
    const text = this.#held + piece;
    const met = this.#stops
      .map((stop) => ({ stop, at: text.indexOf(stop) }))
      .filter(({ at }) => at !== -1)
      .sort((a, b) => a.at - b.at || b.stop.length - a.stop.length)[0];
    if (met !== undefined) {
      this.#stopped = met.stop;
      this.#held = "";
      return text.slice(0, met.at);
    }
    const kept = this.#longestStart(text);
    this.#held = text.slice(text.length - kept);
    return text.slice(0, text.length - kept);
  }

  end(): string {
    const text = this.#held;
    this.#held = "";
    return text;
  }

  #longestStart(text: string): number {
    const longest = Math.max(0, ...this.#stops.map((stop) => stop.length - 1));
    for (let length = Math.min(longest, text.length); length > 0; length--) {
      const end = text.slice(text.length - length);
      if (this.#stops.some((stop) => stop.startsWith(end))) return length;
    }
    return 0;
  }
}
