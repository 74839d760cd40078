import { AideError } from "@aide-ts/plugin";
import { backendFailure, linesOf, play } from "@aide-ts/testing";
import { describe, expect, it } from "vitest";
import { withRetries } from "../../src/index.ts";

const { signal } = new AbortController();

/** Sends a call that fails so often, and returns how long each wait was. */
const waits = async (failures: readonly AideError[], retries = 10): Promise<readonly number[]> => {
  const waited: number[] = [];
  let sent = 0;
  const send = async () => {
    const failure = failures[sent++];
    if (failure !== undefined) throw failure;
    return "answer";
  };
  await withRetries(send, {
    retries,
    signal,
    sleep: async (milliseconds) => void waited.push(milliseconds),
  }).catch(() => undefined);
  expect(sent).toBe(Math.min(failures.length, waited.length) + 1);
  return waited;
};

const busy = (retryAfterMs?: number) => AideError.with(backendFailure("AIDE_BACKEND_BUSY", true), { retryAfterMs });

describe("a call that failed", () => {
  it("is sent again after longer and longer waits", async () => {
    expect(await waits(Array.from({ length: 9 }, () => busy()))).toEqual([
      500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000,
    ]);
  });

  it("is not sent again before the server wants it, nor kept for hours", async () => {
    expect(await waits([busy(7000), busy(0), busy(9_000_000)])).toEqual([7000, 1000, 600_000]);
  });

  it("is not sent again where another try cannot help, and not for ever", async () => {
    expect(await waits([backendFailure("AIDE_BACKEND_REFUSED", false), busy()])).toEqual([]);
    expect(await waits([busy(), busy(), busy()], 2)).toHaveLength(2);
  });
});

describe("tokens of failed calls", () => {
  const spent = { prompt: 10, cached: 0, reasoning: 0, answer: 5, estimated: true };
  const cut = AideError.with(backendFailure("AIDE_BACKEND_DISCONNECTED", true), { spent });

  it("are billed with the call that succeeds, and again from the log", async () => {
    const failing = await play({
      limits: { steps: 1 },
      reply: (_request, { number }) => (number < 2 ? cut : "```python\nx = 1\n```"),
    });
    const plain = await play({ limits: { steps: 1 }, reply: () => "```python\nx = 1\n```" });
    expect(failing.budget.tokens).toBe(plain.budget.tokens + 2 * 15);
    expect(failing.budget.spent.estimated).toBe(1);
    const again = await play({ limits: { steps: 1 }, file: failing.file });
    expect(again.budget.tokens).toBe(failing.budget.tokens);
  });

  it("are billed where all tries fail, and again from the log", async () => {
    const failed = await play({ limits: { steps: 1 }, reply: () => cut });
    expect(failed.budget.tokens).toBe(3 * 15);
    expect(linesOf(failed.file).some((line) => line.includes('"effect-failed"') && line.includes('"spent"'))).toBe(
      true,
    );
    const again = await play({ limits: { steps: 1 }, file: failed.file });
    expect(again.budget.tokens).toBe(3 * 15);
  });
});
