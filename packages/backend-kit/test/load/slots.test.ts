import { AideError, type Generation } from "@aide-ts/plugin";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { neverSent, Slots } from "../../src/index.ts";

const never = { signal: new AbortController().signal };
const answer = (text: string): Generation => ({ ...neverSent(0), text, finish: "stop" });

/** A call that lasts until it is told to end. */
const held = (slots: Slots, call = never) => {
  const { promise: ended, resolve: end } = Promise.withResolvers<void>();
  const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
  const done = slots.run(call, async () => {
    begin();
    await ended;
    return answer("held");
  });
  return { begun, done, end };
};

const turns = async (count: number): Promise<void> => {
  for (let turn = 0; turn < count; turn++) await Promise.resolve();
};

describe("Slots", () => {
  it("never lets in more than its limit, and everyone in the end who does not give up, in order", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 4 }),
        fc.array(
          fc.record({
            lasts: fc.nat(12),
            gives: fc.option(fc.nat(40)),
            fails: fc.boolean(),
          }),
          { minLength: 1, maxLength: 20 },
        ),
        async (limit, calls) => {
          const slots = new Slots(limit);
          let inside = 0;
          let most = 0;
          const order: number[] = [];
          const finishes = await Promise.all(
            calls.map(async ({ lasts, gives, fails }, index) => {
              const stop = new AbortController();
              if (gives !== null) void turns(gives).then(() => stop.abort());
              return slots
                .run(stop, async () => {
                  order.push(index);
                  most = Math.max(most, ++inside);
                  await turns(lasts);
                  inside--;
                  if (fails) throw failure;
                  return answer("");
                })
                .then(
                  ({ finish }) => finish,
                  (error: unknown) => error,
                );
            }),
          );
          expect(most).toBeLessThanOrEqual(limit);
          expect(order).toEqual(order.toSorted((a, b) => a - b));
          for (const [index, finish] of finishes.entries())
            expect(finish).toBe(order.includes(index) ? (calls[index]!.fails ? failure : "stop") : "aborted");
          expect(calls.flatMap(({ gives }, index) => (gives === null ? [index] : []))).toEqual(
            order.filter((index) => calls[index]!.gives === null),
          );
          expect(slots).toMatchObject({ taken: 0, waiting: 0 });
        },
      ),
    );
  });

  it("lets one go that gives up waiting, without losing the slot", async () => {
    const slots = new Slots(1);
    const first = held(slots);
    await first.begun;
    const stop = new AbortController();
    const givesUp = held(slots, stop);
    const next = held(slots);
    expect(slots).toMatchObject({ taken: 1, waiting: 2 });
    stop.abort();
    expect(slots).toMatchObject({ taken: 1, waiting: 1 });
    expect((await givesUp.done).finish).toBe("aborted");
    first.end();
    await next.begun;
    expect(slots.taken).toBe(1);
  });

  it("lets waiting ones in when the limit grows, and none out when it shrinks", async () => {
    const slots = new Slots(1);
    const first = held(slots);
    const second = held(slots);
    slots.limit = 2;
    await second.begun;
    slots.limit = 1;
    const third = held(slots);
    first.end();
    await first.done;
    await turns(10);
    expect(slots).toMatchObject({ taken: 1, waiting: 1 });
    second.end();
    await third.begun;
    expect(slots).toMatchObject({ taken: 1, waiting: 0, limit: 1 });
  });

  it("counts the wait of a call that is stopped before it was sent", async () => {
    const slots = new Slots(1);
    const first = held(slots);
    const stop = new AbortController();
    const stopped = slots.run(stop, async () => {
      stop.abort();
      throw stop.signal.reason;
    });
    await new Promise((resolve) => setTimeout(resolve, 20));
    first.end();
    expect(await stopped).toMatchObject({ finish: "aborted", text: "" });
    expect((await stopped).timing.queuedMs).toBeGreaterThanOrEqual(15);
  });

  it("tells a call how long it has waited, also one that gave up", async () => {
    const slots = new Slots(1);
    const first = held(slots);
    const stop = new AbortController();
    const givesUp = slots.run(stop, async () => answer(""));
    const next = slots.run(never, async (queuedMs) => ({ ...answer(""), timing: { ...neverSent(queuedMs).timing } }));
    await new Promise((resolve) => setTimeout(resolve, 20));
    stop.abort();
    expect((await givesUp).timing.queuedMs).toBeGreaterThanOrEqual(15);
    first.end();
    expect((await next).timing.queuedMs).toBeGreaterThanOrEqual(15);
  });

  it("takes a call for stopped that its signal has ended, and for failed that failed for another reason", async () => {
    const stop = new AbortController();
    const reason = new AideError({ code: "AIDE_ENOUGH", message: "Enough.", fix: "None.", fault: "user" });
    const failing = (error: Error) => async () => {
      stop.abort(reason);
      throw error;
    };
    expect((await new Slots(1).run({ signal: stop.signal }, failing(reason))).finish).toBe("aborted");
    const other = new AbortController();
    await expect(
      new Slots(1).run({ signal: other.signal }, async () => {
        other.abort(reason);
        throw failure;
      }),
    ).rejects.toBe(failure);
  });
});

const failure = new AideError({ code: "AIDE_TESTED", message: "It failed.", fix: "None.", fault: "backend" });
