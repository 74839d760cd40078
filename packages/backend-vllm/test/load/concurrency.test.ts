import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nextLimit } from "../../src/load/concurrency.ts";
import type { Load } from "../../src/load/metrics.ts";

const load = (part: Partial<Load> = {}): Load => ({
  running: 0,
  waiting: 0,
  cacheUse: 0,
  preemptions: 0,
  prefixQueries: 0,
  prefixHits: 0,
  ...part,
});

/** A server that runs up to `capacity` calls and lets the rest wait, asked with as many as the limit allows. */
const limitsReached = (capacity: number, demand: number, most: number): readonly number[] => {
  const limits = [64];
  for (let round = 0; round < 60; round++) {
    const limit = limits.at(-1) ?? 0;
    const given = Math.min(limit, demand);
    const running = Math.min(given, capacity);
    const now = load({ running, waiting: given - running });
    limits.push(nextLimit({ limit, full: demand > limit, now, before: load() }, most));
  }
  return limits;
};

describe("nextLimit", () => {
  it("comes to rest a little above what the server can run, and keeps it busy from then on", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), (capacity) => {
        const limits = limitsReached(capacity, 10_000, 1024).slice(20);
        for (const limit of limits) {
          expect(limit).toBeGreaterThanOrEqual(capacity);
          expect(limit).toBeLessThanOrEqual(capacity * 1.4 + 8);
        }
      }),
    );
  });

  it("never leaves 1 … the most", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 512 }),
        fc.boolean(),
        fc.record({
          running: fc.nat(600),
          waiting: fc.nat(600),
          cacheUse: fc.double({ min: 0, max: 1, noNaN: true }),
          preemptions: fc.nat(5),
        }),
        (limit, full, now) => {
          const next = nextLimit({ limit, full, now: load(now), before: load({ preemptions: 2 }) }, 512);
          expect(next).toBeGreaterThanOrEqual(1);
          expect(next).toBeLessThanOrEqual(512);
        },
      ),
    );
  });

  it("gives way where calls are thrown out again", () => {
    expect(
      nextLimit({ limit: 100, full: true, now: load({ preemptions: 3 }), before: load({ preemptions: 1 }) }, 256),
    ).toBe(75);
  });

  it("does not grow where the cache is nearly full, or nobody waits for a slot", () => {
    expect(nextLimit({ limit: 100, full: true, now: load({ cacheUse: 0.97 }), before: undefined }, 256)).toBe(100);
    expect(nextLimit({ limit: 100, full: false, now: load(), before: undefined }, 256)).toBe(100);
  });
});
