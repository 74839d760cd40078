import { AideError, type BackendCall, type Generation } from "@aide-ts/plugin";
import { neverSent } from "../messages.ts";
import type { Slots } from "./slots.ts";

/** Runs a call when there is room for it. One that is stopped before it was sent has no answer, and is no failure. */
export const inSlot = async (
  slots: Slots,
  { signal }: Pick<BackendCall, "signal">,
  generate: (queuedMs: number) => Promise<Generation>,
): Promise<Generation> => {
  const arrived = performance.now();
  const leave = await slots.enter(signal);
  const queuedMs = performance.now() - arrived;
  if (leave === undefined) return neverSent(queuedMs);
  try {
    return await generate(queuedMs);
  } catch (error) {
    if (signal.aborted && !AideError.is(error)) return neverSent(queuedMs);
    throw error;
  } finally {
    leave();
  }
};
