import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Once } from "../../src/index.ts";

const turns = async (count: number): Promise<void> => {
  for (let turn = 0; turn < count; turn++) await Promise.resolve();
};

describe("Once", () => {
  it("asks once at a time, gives all the same, and asks again only after a failure", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.boolean(), { maxLength: 4 }),
        fc.array(fc.record({ comes: fc.nat(30), leaves: fc.option(fc.nat(10)) }), { minLength: 1, maxLength: 12 }),
        async (failures, callers) => {
          let asking = 0;
          let asked = 0;
          const once = new Once(async () => {
            const number = asked++;
            expect(++asking).toBe(1);
            await turns(5);
            asking--;
            if (failures[number] === true) throw new Error("down");
            return { number };
          });
          const found = new Set<unknown>();
          let failed = 0;
          await Promise.all(
            callers.map(async ({ comes, leaves }) => {
              await turns(comes);
              const stop = new AbortController();
              if (leaves !== null) void turns(leaves).then(() => stop.abort(new Error("left")));
              await once.get(stop.signal).then(
                (answer) => found.add(answer),
                (error: Error) => (error.message === "down" ? failed++ : expect(error.message).toBe("left")),
              );
            }),
          );
          await turns(20);
          const before = failures.indexOf(false) === -1 ? failures.length : failures.indexOf(false);
          expect(found.size).toBeLessThanOrEqual(1);
          expect(asked).toBeLessThanOrEqual(before + 1);
          if (failed > 0) expect(before).toBeGreaterThan(0);
          if (found.size === 1) expect([once.found]).toEqual([...found]);
          for (const _ of failures.slice(asked, before)) await expect(once.get()).rejects.toThrow("down");
          expect(await once.get()).toEqual({ number: before });
        },
      ),
    );
  });

  it("lets go who no longer waits, and goes on for the others", async () => {
    const { promise, resolve } = Promise.withResolvers<string>();
    const once = new Once(() => promise);
    const stop = new AbortController();
    const [leaves, stays] = [once.get(stop.signal), once.get()];
    stop.abort(new Error("left"));
    await expect(leaves).rejects.toThrow("left");
    await expect(once.get(stop.signal)).rejects.toThrow("left");
    resolve("found");
    expect(await stays).toBe("found");
  });

  it("forgets an answer once, and no newer one with it", async () => {
    let asked = 0;
    const once = new Once(async () => ({ number: asked++ }));
    const first = await once.get();
    expect(once.forget(first)).toBe(true);
    const second = await once.get();
    expect(second).toEqual({ number: 1 });
    expect(once.forget(first)).toBe(false);
    expect(await once.get()).toBe(second);
  });

  it("ends its asking when it is closed, gives what it had found, and answers nobody any more", async () => {
    const closed = { code: "AIDE_BACKEND_CLOSED", fault: "internal" };
    const asking = new Once<string>(
      (signal) => new Promise((_, reject) => signal.addEventListener("abort", () => reject(new Error("cut")))),
    );
    const waiting = asking.get();
    expect(await asking.close()).toBeUndefined();
    await expect(waiting).rejects.toMatchObject(closed);
    await expect(asking.get()).rejects.toMatchObject(closed);
    const found = new Once(async () => "found");
    await found.get();
    expect(await found.close()).toBe("found");
    expect(await found.close()).toBeUndefined();
    await expect(found.get()).rejects.toMatchObject(closed);
  });

  it("leaves no failure behind that nobody waits for", async () => {
    const once = new Once(async () => {
      await turns(5);
      throw new Error("down");
    });
    const stop = new AbortController();
    const leaves = once.get(stop.signal);
    stop.abort(new Error("left"));
    await expect(leaves).rejects.toThrow("left");
    await turns(20);
    await expect(once.get()).rejects.toThrow("down");
  });
});
