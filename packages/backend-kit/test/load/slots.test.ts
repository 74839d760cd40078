import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Slots } from "../../src/index.ts";

const never = new AbortController().signal;

describe("Slots", () => {
  it("never lets in more than its limit, and everyone in the end, in order", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 4 }),
        fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 20 }),
        async (limit, waits) => {
          const slots = new Slots(limit);
          let inside = 0;
          let most = 0;
          const order: number[] = [];
          await Promise.all(
            waits.map(async (turns, index) => {
              const leave = await slots.enter(never);
              order.push(index);
              most = Math.max(most, ++inside);
              for (let turn = 0; turn < turns; turn++) await Promise.resolve();
              inside--;
              leave?.();
            }),
          );
          expect(most).toBeLessThanOrEqual(limit);
          expect(order).toEqual(waits.map((_, index) => index));
          expect(slots).toMatchObject({ taken: 0, waiting: 0 });
        },
      ),
    );
  });

  it("lets one go that gives up waiting, without losing the slot", async () => {
    const slots = new Slots(1);
    const leave = await slots.enter(never);
    const stop = new AbortController();
    const givesUp = slots.enter(stop.signal);
    const next = slots.enter(never);
    stop.abort();
    expect(await givesUp).toBeUndefined();
    leave?.();
    leave?.();
    expect(await next).toBeTypeOf("function");
    expect(slots.taken).toBe(1);
  });

  it("lets waiting ones in when the limit grows, and none out when it shrinks", async () => {
    const slots = new Slots(1);
    const first = await slots.enter(never);
    const second = slots.enter(never);
    slots.limit = 2;
    expect(await second).toBeTypeOf("function");
    slots.limit = 1;
    const third = slots.enter(never);
    first?.();
    await Promise.resolve();
    expect(slots).toMatchObject({ taken: 1, waiting: 1 });
    (await second)?.();
    expect(await third).toBeTypeOf("function");
  });
});
