import { AideError } from "@aide-ts/plugin";

export interface Retrying {
  /** Times that a call is sent again. */
  readonly retries: number;
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  readonly signal: AbortSignal;
  /** Called for each attempt that failed with an error of ours, before it is decided whether there is another. */
  readonly onFailure?: (error: AideError) => void;
  readonly onRetry?: (retry: { readonly attempt: number; readonly waitMs: number; readonly error: string }) => void;
}

/** A server that asks for more patience than this is asked again all the same. */
const longestAskedMs = 600_000;
const longestOwnMs = 30_000;

/** Sends a call again after passing failures: after half a second, twice as long each time, and not before the server wants to be asked. */
export const withRetries = async <T>(send: () => Promise<T>, retrying: Retrying): Promise<T> => {
  const { retries, sleep, signal, onFailure, onRetry } = retrying;
  for (let attempt = 1; ; attempt++) {
    try {
      return await send();
    } catch (error) {
      if (!AideError.is(error)) throw error;
      onFailure?.(error);
      if (signal.aborted || !error.transient || attempt > retries) throw error;
      const asked = Math.min(longestAskedMs, error.retryAfterMs ?? 0);
      const waitMs = Math.max(asked, Math.min(longestOwnMs, 500 * 2 ** (attempt - 1)));
      onRetry?.({ attempt, waitMs, error: error.message });
      await sleep(waitMs, signal);
    }
  }
};
