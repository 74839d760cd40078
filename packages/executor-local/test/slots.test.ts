import { mkdtemp } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { turnsIn } from "@aide-ts/process-lock";
import { describe, expect, it } from "vitest";
import { local } from "./local.ts";

const spell = (seconds: number): string =>
  `import time\nbegan = time.time()\ntime.sleep(${seconds})\nprint(began, time.time())`;

/** The most scripts that ran at one moment. */
const mostAtOnce = (outputs: readonly string[]): number => {
  const spells = outputs.map((output) => output.trim().split(" ").map(Number));
  return Math.max(...spells.map(([at = 0]) => spells.filter(([from = 0, to = 0]) => from <= at && at < to).length));
};

describe("scripts", () => {
  it.each([
    { slots: 1, given: {}, fewest: 1, most: 1 },
    { slots: 3, given: {}, fewest: 2, most: 3 },
    { slots: 1, given: { concurrency: 2 }, fewest: 2, most: 2 },
  ])("run at most $most at once with $slots slots and $given", async ({ slots, given, fewest, most }) => {
    await using box = await local({ seconds: 20, ...given }, {}, undefined, slots);
    const done = await Promise.all(Array.from({ length: 4 }, () => box.run(spell(1))));
    expect(done.map(({ fate }) => fate)).toEqual(["ok", "ok", "ok", "ok"]);
    const atOnce = mostAtOnce(done.map(({ output }) => output));
    expect(atOnce).toBeGreaterThanOrEqual(fewest);
    expect(atOnce).toBeLessThanOrEqual(most);
  });

  it("of several runs of one machine take turns, share its cores, and lose no time by it", async () => {
    const folder = join(await mkdtemp(join(tmpdir(), "turns-")), "turns");
    const turns = turnsIn(folder, 2);
    await using one = await local({ seconds: 3 }, {}, undefined, 2, { turns });
    await using other = await local({ seconds: 3 }, {}, undefined, 2, { turns });
    const script = `import os\n${spell(1)}\nprint(os.environ["OMP_NUM_THREADS"])`;
    const done = await Promise.all([one, other, one, other, one, other].map((box) => box.run(script)));
    expect(done.map(({ fate }) => fate)).toEqual(Array(6).fill("ok"));
    const outputs = done.map(({ output }) => output.trim().split("\n"));
    expect(mostAtOnce(outputs.map(([times = ""]) => times))).toBe(2);
    const threads = String(Math.max(1, Math.floor(availableParallelism() / 2)));
    expect(outputs.map(([, line]) => line)).toEqual(Array(6).fill(threads));
  });

  it("do not use up their time while they wait", async () => {
    await using box = await local({ seconds: 3 });
    const done = await Promise.all(Array.from({ length: 5 }, () => box.run(spell(1))));
    expect(done.map(({ fate }) => fate)).toEqual(["ok", "ok", "ok", "ok", "ok"]);
    for (const { seconds } of done) expect(seconds).toBeLessThan(3);
  });

  it("that wait are rejected on an abort at once", async () => {
    await using box = await local({ seconds: 20 });
    const ended: string[] = [];
    const first = box.run("import time\ntime.sleep(3)").then(({ fate }) => ended.push(`first ${fate}`));
    const stop = new AbortController();
    const waiting = box.run("", {}, stop.signal).catch((error: Error) => ended.push(`second ${error.message}`));
    await sleep(300);
    stop.abort(new Error("stopped"));
    await Promise.all([first, waiting]);
    expect(ended).toEqual(["second stopped", "first ok"]);
  });
});
