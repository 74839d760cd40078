import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { combinations, drawn } from "../src/plan-search/combinations.ts";
import { asList, pointsIn } from "../src/plan-search/list.ts";
import { planSearch } from "../src/index.ts";
import { asked, block, once, textOf } from "./chain.ts";

const run = (derive: number, plans: number, refine: boolean) =>
  once(
    [
      planSearch.create(
        { observations: 3, derive, plans, refine, planner: "planner", operators: ["draft"] },
        undefined,
      ),
    ],
    {
      reply: (request, { number }) => {
        const text = textOf(request);
        if (text.startsWith("plan-search/observe")) return `1. first of ${number}\n2. second of ${number}`;
        return text.startsWith("plan-search/idea") ? `plan ${number}` : block(`x = ${number}`);
      },
    },
  );

describe("plan-search", () => {
  it("observes, derives, plans from different sets, corrects, and writes a script for each plan", async () => {
    const played = await run(2, 3, true);
    const calls = asked(played);
    const named = (name: string) => calls.filter((call) => call.name === name);
    expect(named("plan-search/observe")).toHaveLength(3);
    expect(named("plan-search/idea")).toHaveLength(6);
    expect(named("sketch/code")).toHaveLength(3);
    const sets = named("plan-search/idea").filter(({ slots }) => slots["idea"] === "");
    expect(new Set(sets.map(({ slots }) => slots["observations"])).size).toBe(3);
    for (const { slots } of named("sketch/code")) expect(slots["guidance"]).toMatch(/^plan \d+$/);
    expect(played.journal.outcomes[0]?.solutions).toHaveLength(3);
    expect(played.journal.outcomes[0]?.notes).toMatchObject({ s0: [{ observations: 6, plans: 3 }] });
  });

  it("keeps the best of the scripts", async () => {
    const played = await run(0, 4, false);
    const [outcome] = played.journal.outcomes;
    const scores = (outcome?.solutions ?? []).flatMap(({ evaluation }) =>
      evaluation.valid ? [evaluation.score.value] : [],
    );
    const { evaluation } = outcome?.chosen ?? {};
    expect(evaluation?.valid === true && evaluation.score.value).toBe(Math.min(...scores));
  });
});

describe("points of a list", () => {
  it("are read whatever marks them, each once", () => {
    expect(pointsIn("Here:\n1. **One**\n2) two\n- three\n* two\nnot this", 9)).toEqual(["One", "two", "three"]);
    expect(pointsIn("1. a\n2. b", 1)).toEqual(["a"]);
  });

  it("come back from the list that is made of them", () => {
    const point = fc.stringMatching(/^[a-z][a-z ]{0,20}[a-z]$/);
    fc.assert(
      fc.property(fc.uniqueArray(point, { maxLength: 9 }), (points) => {
        expect(pointsIn(asList(points), 99)).toEqual(points);
      }),
    );
  });
});

describe("combinations", () => {
  it("are all sets of at most two, each once", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(), { maxLength: 12 }), (items) => {
        const sets = combinations(items);
        expect(sets).toHaveLength(1 + items.length + (items.length * (items.length - 1)) / 2);
        expect(new Set(sets.map((set) => [...set].sort().join())).size).toBe(sets.length);
        for (const set of sets) expect(new Set(set).size).toBe(set.length);
      }),
    );
  });

  it("are drawn without putting back", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.nat()),
        fc.nat(20),
        fc.infiniteStream(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })),
        (items, count, numbers) => {
          const taken = drawn(items, count, () => numbers.next().value ?? 0);
          expect(taken).toHaveLength(Math.min(count, items.length));
          expect(new Set(taken).size).toBe(taken.length);
          for (const one of taken) expect(items).toContain(one);
        },
      ),
    );
  });
});
