import { Slots } from "@aide-ts/backend-kit";
import type { ChatServer } from "@aide-ts/backend-openai";
import { AideError, type BackendCall, type Generation } from "@aide-ts/plugin";
import { nextLimit } from "./concurrency.ts";
import { readLoad, type Load } from "./metrics.ts";
import { SeenPrefixes } from "./prefixes.ts";
import type { Candidate } from "./router.ts";

const firstLimit = 64;
const lookEveryMs = 1000;
const restMs = 5000;

/** One of the servers that serve the model, with as many calls at a time as it bears. */
export class Replica implements Candidate {
  readonly server: ChatServer;
  readonly prefixes = new SeenPrefixes();
  readonly #most: number;
  readonly #slots: Slots;
  #first: Load | undefined;
  #last: Load | undefined;
  #longestQueue = 0;
  #looking: NodeJS.Timeout | undefined;
  #restsUntil = 0;

  constructor(server: ChatServer, most: number) {
    this.server = server;
    this.#most = most;
    this.#slots = new Slots(Math.min(most, firstLimit));
  }

  get calls(): number {
    return this.#slots.taken + this.#slots.waiting;
  }

  get limit(): number {
    return this.#slots.limit;
  }

  get resting(): boolean {
    return performance.now() < this.#restsUntil;
  }

  /** Runs a call when there is room. */
  run(call: Pick<BackendCall, "signal">, generate: () => Promise<Generation>): Promise<Generation> {
    return this.#slots.run(call, async () => {
      this.#look();
      try {
        return await generate();
      } catch (error) {
        this.#adapt(error);
        throw error;
      }
    });
  }

  /** What came of it, in a line for people; `undefined` where there were no calls, or no metrics. */
  summary(): string | undefined {
    if (this.#first === undefined || this.#last === undefined) return undefined;
    const asked = this.#last.prefixQueries - this.#first.prefixQueries;
    if (asked === 0) return undefined;
    const hits = this.#last.prefixHits - this.#first.prefixHits;
    const share = Math.round((100 * hits) / asked);
    const preemptions = this.#last.preemptions - this.#first.preemptions;
    return `${this.server.url}: ${share} % of ${asked} prompt tokens from its prefix cache, longest queue ${this.#longestQueue}, ${preemptions} preemptions, up to ${this.limit} calls at a time`;
  }

  async look(): Promise<void> {
    const text = await this.server
      .text({ path: "/metrics", root: true }, AbortSignal.timeout(5000))
      .catch(() => undefined);
    if (text === undefined) return;
    const now = readLoad(text);
    const full = this.#slots.waiting > 0 && this.#slots.taken >= this.limit;
    this.#slots.limit = nextLimit({ limit: this.limit, full, now, before: this.#last }, this.#most);
    this.#first ??= now;
    this.#last = now;
    this.#longestQueue = Math.max(this.#longestQueue, now.waiting);
  }

  stopLooking(): void {
    clearTimeout(this.#looking);
    this.#looking = undefined;
  }

  /** Looks again and again while there are calls. */
  #look(): void {
    if (this.#looking !== undefined) return;
    const again = async (): Promise<void> => {
      await this.look();
      if (this.#looking === undefined) return;
      if (this.calls === 0) this.stopLooking();
      else this.#looking = setTimeout(() => void again(), lookEveryMs).unref();
    };
    this.#looking = setTimeout(() => void again(), lookEveryMs).unref();
  }

  #adapt(error: unknown): void {
    if (!AideError.is(error) || !error.transient) return;
    if (error.code === "AIDE_BACKEND_BUSY") this.#slots.limit = Math.max(1, Math.floor(this.limit / 2));
    else this.#restsUntil = performance.now() + restMs;
  }
}
