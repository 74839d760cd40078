import { AideError, type BackendCall, type Generation } from "@aide-ts/plugin";
import pLimit, { type LimitFunction } from "p-limit";
import { neverSent } from "../messages.ts";

/** Lets a number of calls run at a time, in order of arrival. The number may change while calls wait. */
export class Slots {
  readonly #inTurn: LimitFunction;
  #taken = 0;
  #waiting = 0;

  constructor(limit: number) {
    this.#inTurn = pLimit(limit);
  }

  get limit(): number {
    return this.#inTurn.concurrency;
  }

  set limit(limit: number) {
    this.#inTurn.concurrency = limit;
  }

  get taken(): number {
    return this.#taken;
  }

  /** Without those that were stopped. */
  get waiting(): number {
    return this.#waiting;
  }

  /** Runs a call when its turn comes. One that is stopped while it waits is answered at once, and never begins. `queuedMs`: how long it has waited. */
  async run(
    { signal }: Pick<BackendCall, "signal">,
    generate: (queuedMs: number) => Promise<Generation>,
  ): Promise<Generation> {
    if (signal.aborted) return neverSent(0);
    const arrived = performance.now();
    const queuedMs = () => performance.now() - arrived;
    const { promise: stopped, resolve } = Promise.withResolvers<Generation>();
    const stop = () => {
      this.#waiting--;
      resolve(neverSent(queuedMs()));
    };
    signal.addEventListener("abort", stop, { once: true });
    this.#waiting++;
    const done = this.#inTurn(async () => {
      if (signal.aborted) return stopped;
      signal.removeEventListener("abort", stop);
      this.#waiting--;
      this.#taken++;
      try {
        return await unlessStopped(signal, () => generate(queuedMs()), arrived);
      } finally {
        this.#taken--;
      }
    });
    return Promise.race([done, stopped]);
  }
}

/** A call that is stopped before it was sent has no answer, and is no failure. `arrived`: when it came, by `performance.now()`. */
export const unlessStopped = async (
  signal: AbortSignal,
  generate: () => Promise<Generation>,
  arrived: number,
): Promise<Generation> => {
  try {
    return await generate();
  } catch (error) {
    if (signal.aborted && (error === signal.reason || !AideError.is(error)))
      return neverSent(performance.now() - arrived);
    throw error;
  }
};
