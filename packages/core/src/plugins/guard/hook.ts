import { AideError, isStop, type Kind, messageOf } from "@aide-ts/plugin";
import type { z } from "zod";
import { pluginReturned, pluginSilent, pluginThrew } from "../../errors/plugins.ts";

/** A hook of a plugin, as errors name it. */
export interface Hook {
  readonly kind: Kind;
  readonly plugin: string;
  readonly hook: string;
}

/** How long plugins may be silent, in milliseconds. */
export interface Patience {
  /** After the run was stopped. First-party plugins end servers and scripts in that time. */
  readonly afterStop: number;
  /** With nothing under way that was asked for: there is nothing it could be waiting for that the run knows of. */
  readonly idle: number;
}

export const standardPatience: Patience = { afterStop: 120_000, idle: 1_800_000 };

/** Calls a hook that answers at once: what it throws, and an answer that is none, are errors that name it. */
export const called = <T>(hook: Hook, call: () => T, expected?: z.ZodType): T => {
  let answer: T;
  try {
    answer = call();
  } catch (cause) {
    throw stamped(hook, cause);
  }
  if (isPromiseLike(answer)) {
    // Nobody awaits it: that it fails would end the process.
    answer.then(undefined, () => undefined);
    throw pluginReturned(hook, answer, "it is a promise, and this hook answers at once");
  }
  check(hook, answer, expected);
  return answer;
};

const isPromiseLike = (value: unknown): value is PromiseLike<unknown> =>
  typeof value === "object" && value !== null && "then" in value && typeof value.then === "function";

/**
 * Calls a hook that answers later. It need not answer once the run is stopped: what it rejects with then is handed on as it is, and after a while it is not waited for.
 * @param signal the run's
 */
export const awaited = async <T>(
  hook: Hook,
  call: () => Promise<T>,
  signal: AbortSignal | undefined,
  { afterStop }: Pick<Patience, "afterStop">,
  expected?: z.ZodType,
): Promise<T> => {
  using silence = silenceAfter(hook, signal, afterStop);
  let answer: T;
  try {
    answer = await Promise.race([call(), silence.tooLong]);
  } catch (cause) {
    throw signal?.aborted === true ? cause : stamped(hook, cause);
  }
  check(hook, answer, expected);
  return answer;
};

/** Closes what a plugin made. It is not waited for longer than after a stop. */
export const closed = async (
  hook: Hook,
  close: () => PromiseLike<void>,
  { afterStop }: Pick<Patience, "afterStop">,
): Promise<void> => {
  using silence = silenceAfter(hook, AbortSignal.abort(), afterStop);
  try {
    await Promise.race([close(), silence.tooLong]);
  } catch (cause) {
    throw stamped(hook, cause);
  }
};

/** Rejects when so many milliseconds have passed since the signal fired. */
const silenceAfter = (
  hook: Hook,
  signal: AbortSignal | undefined,
  milliseconds: number,
): Disposable & { readonly tooLong: Promise<never> } => {
  const { promise, reject } = Promise.withResolvers<never>();
  let timer: NodeJS.Timeout | undefined;
  const begin = (): void => {
    timer = setTimeout(() => reject(pluginSilent(hook, milliseconds, "since-stop")), milliseconds);
  };
  if (signal?.aborted === true) begin();
  else signal?.addEventListener("abort", begin, { once: true });
  return {
    tooLong: promise,
    [Symbol.dispose]: () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", begin);
    },
  };
};

/** Errors of ours, which say what to do, and stops pass as they are. */
const stamped = (hook: Hook, cause: unknown): unknown =>
  AideError.is(cause) || isStop(cause) ? cause : pluginThrew(hook, cause);

const check = (hook: Hook, answer: unknown, expected: z.ZodType | undefined): void => {
  const checked = expected?.safeParse(answer);
  if (checked?.success === false) throw pluginReturned(hook, answer, messageOf(checked.error));
};
