import { setTimeout as sleep } from "node:timers/promises";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { slotsOf } from "../src/slots.ts";

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
