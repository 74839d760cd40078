import { isNoSpace } from "@aide-ts/backend-kit";
import { setTimeout as sleep } from "node:timers/promises";
import { AideError } from "@aide-ts/plugin";
import { Refusal } from "./refusal.ts";

const fruitlessAttempts = 4;
const longestWaitMs = 30_000;

/**
 * Tries again after failures that may pass, with growing pauses, until four attempts in a row have brought nothing.
 * Rejects with the last failure, and at once with final refusals and errors that are explained already.
 *
 * @param options.have what attempts bring, in bytes: one that failed half way counts as none where this grew.
 */
export const persistently = async <T>(
  attempt: () => Promise<T>,
  { have, signal }: { readonly have?: () => Promise<number>; readonly signal?: AbortSignal | undefined } = {},
): Promise<T> => {
  for (let fruitless = 0; ;) {
    const before = (await have?.()) ?? 0;
    try {
      return await attempt();
    } catch (error) {
      signal?.throwIfAborted();
      if (isFinal(error)) throw error;
      fruitless = ((await have?.()) ?? 0) > before ? 0 : fruitless + 1;
      if (fruitless >= fruitlessAttempts) throw error;
      const asked = error instanceof Refusal ? (error.retryAfterMs ?? 0) : 0;
      await sleep(Math.min(longestWaitMs, Math.max(asked, 250 * 2 ** fruitless)), undefined, signal ? { signal } : {});
    }
  }
};

const isFinal = (error: unknown): boolean =>
  AideError.is(error) || (error instanceof Refusal && error.final) || (error instanceof Error && isNoSpace(error));
