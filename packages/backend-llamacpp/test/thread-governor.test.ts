import { describe, expect, it } from "vitest";
import { readCpuTime, ThreadGovernor, threadsBetween } from "../src/child/thread-governor.ts";

const between = (own: number, others: number, cores: number, most = cores) =>
  threadsBetween(
    { wall: 10, busy: 100, own: 5, cores },
    { wall: 12, busy: 100 + 2 * (own + others), own: 5 + 2 * own, cores },
    most,
  );

describe("threads", () => {
  it("are all that are allowed on an idle machine", () => {
    expect(between(2, 0.1, 2)).toBe(2);
    expect(between(0, 0, 64, 8)).toBe(8);
  });

  it("leave busy cores to others, whether they already share them or not", () => {
    expect(between(1.33, 0.67, 2)).toBe(1);
    expect(between(1, 1, 2)).toBe(1);
    expect(between(0, 3, 16)).toBe(13);
  });

  it("are never none", () => {
    expect(between(0.3, 4, 4)).toBe(1);
  });

  it("are set from what the machine really does", async () => {
    const target = { maxThreads: 0 };
    const governor = new ThreadGovernor(target, 1);
    governor.update();
    expect(target.maxThreads).toBe(0);
    const before = readCpuTime();
    while (performance.now() / 1_000 - before.wall < 0.25);
    const after = readCpuTime();
    expect(after.own - before.own).toBeGreaterThan(0.05);
    governor.update();
    expect(target.maxThreads).toBe(1);
  });

  it("are all there are when a generation begins, whatever ran before it", () => {
    const target = { maxThreads: 1 };
    const governor = new ThreadGovernor(target, 2);
    const before = performance.now();
    while (performance.now() - before < 250);
    governor.restart();
    governor.update();
    expect(target.maxThreads).toBe(2);
  });
});
