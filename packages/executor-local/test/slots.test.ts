import { setTimeout as sleep } from "node:timers/promises";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { slotsOf } from "../src/execution/slots.ts";
import { local } from "./local.ts";

const never = new AbortController().signal;

describe("turns", () => {
  it("are had by no more than so many at once, in order, and by none that was aborted before", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 5 }),
        fc.array(fc.record({ milliseconds: fc.nat(4), aborted: fc.option(fc.nat(6)), fails: fc.boolean() }), {
          maxLength: 12,
        }),
        async (atOnce, works) => {
          const inTurn = slotsOf(atOnce);
          const begun: number[] = [];
          const refused: number[] = [];
          let running = 0;
          let most = 0;
          const work = async (index: number) => {
            begun.push(index);
            most = Math.max(most, ++running);
            await sleep(works[index]!.milliseconds);
            running--;
            if (works[index]!.fails) throw new Error(`failed ${index}`);
            return index;
          };
          const done = works.map(async ({ aborted }, index) => {
            const stop = new AbortController();
            if (aborted !== null) void sleep(aborted).then(() => stop.abort(new Error("stopped")));
            const began = () => begun.includes(index);
            try {
              expect(await inTurn(() => work(index), stop.signal)).toBe(index);
              expect(works[index]!.fails).toBe(false);
            } catch (error) {
              if (began()) expect(error).toMatchObject({ message: `failed ${index}` });
              else {
                expect(error).toMatchObject({ message: "stopped" });
                refused.push(index);
              }
            }
          });
          await Promise.all(done);
          expect(most).toBeLessThanOrEqual(atOnce);
          expect(begun).toEqual(begun.toSorted((a, b) => a - b));
          expect([...begun, ...refused].toSorted((a, b) => a - b)).toEqual(works.map((_, index) => index));
        },
      ),
      { numRuns: 300 },
    );
  });

  it("are not waited for by who is aborted", async () => {
    const inTurn = slotsOf(1);
    const first = Promise.withResolvers<string>();
    const running = inTurn(() => first.promise, never);
    const stop = new AbortController();
    const waiting = inTurn(() => Promise.resolve("second"), stop.signal);
    stop.abort(new Error("stopped"));
    await expect(waiting).rejects.toThrow("stopped");
    first.resolve("first");
    expect(await running).toBe("first");
  });
});

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
