import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Silence } from "../../src/http/silence.ts";

const patience = { firstSeconds: 60, nextSeconds: 10 };
const byte = new Uint8Array(1);

/** Gives a byte after each of these seconds. */
const bytesAfter = async function* (...seconds: readonly number[]): AsyncGenerator<Uint8Array> {
  for (const one of seconds) {
    await vi.advanceTimersByTimeAsync(one * 1000);
    yield byte;
  }
};

const drain = async (silence: Silence, ...seconds: readonly number[]): Promise<void> => {
  for await (const piece of silence.over(bytesAfter(...seconds))) expect(piece).toBe(byte);
};

describe("Silence", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("waits longer for the first byte than for the next", async () => {
    using silence = new Silence(new AbortController().signal, "the server", patience);
    await drain(silence, 59, 9, 9, 9);
    expect(silence.signal.aborted).toBe(false);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(silence.failure).toMatchObject({ code: "AIDE_BACKEND_STALLED" });
    expect(silence.signal.aborted).toBe(true);
  });

  it("gives an answer one second to end after its last token, whatever it still sends", async () => {
    using silence = new Silence(new AbortController().signal, "the server", patience);
    await drain(silence, 5);
    silence.expectEnd();
    await drain(silence, 0.4, 0.4);
    expect(silence.signal.aborted).toBe(false);
    await drain(silence, 0.4);
    expect(silence.signal.aborted).toBe(true);
  });

  it("ends with the caller, which is no failure of the server's", () => {
    const caller = new AbortController();
    using silence = new Silence(caller.signal, "the server", patience);
    caller.abort();
    expect(silence.signal.aborted).toBe(true);
    expect(silence.failure).toBeUndefined();
  });
});
