import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SeenPrefixes } from "../../src/load/prefixes.ts";
import { route } from "../../src/load/router.ts";

const server = (calls = 0, resting = false) => ({ calls, limit: 64, prefixes: new SeenPrefixes(), resting });
const long = (letter: string) => letter.repeat(10_000);

describe("route", () => {
  it("keeps calls with one prompt on the server that has seen it", () => {
    const servers = [server(), server(), server()];
    const first = route(servers, long("a"));
    for (let turn = 0; turn < 5; turn++) expect(route(servers, long("a"))).toBe(first);
    expect(route(servers, `${long("a").slice(0, 6144)}${long("b")}`)).toBe(first);
  });

  it("leaves it when it is busier than the others by more than a kept prefix is worth", () => {
    const servers = [server(), server()];
    const first = route(servers, long("a"));
    const busy = servers.map((one) => ({ ...one, calls: one === first ? 9 : 0 }));
    expect(route(busy, long("a"))?.prefixes).not.toBe(first?.prefixes);
  });

  it("passes over a server that does not answer, unless there is no other", () => {
    const servers = [server(0, true), server(3)];
    expect(route(servers, "x")).toBe(servers[1]);
    expect(route([server(0, true)], "x")).toBeDefined();
    expect(route([], "x")).toBeUndefined();
  });

  it("never sends a call to a server that is far busier than the idlest", () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(100), { minLength: 1, maxLength: 6 }),
        fc.array(fc.string(), { maxLength: 10 }),
        (loads, prompts) => {
          const servers = loads.map((calls) => server(calls));
          for (const prompt of prompts)
            expect((route(servers, prompt)?.calls ?? Infinity) - Math.min(...loads)).toBeLessThanOrEqual(8);
        },
      ),
    );
  });
});

describe("SeenPrefixes", () => {
  it("forgets the oldest first, and never holds more than it may", () => {
    const seen = new SeenPrefixes();
    seen.add(["first"]);
    for (let number = 0; number < 5000; number++) seen.add([`p${number}`]);
    expect(seen.matching(["first"])).toBe(0);
    expect(seen.matching(["p4999"])).toBe(1);
  });
});
