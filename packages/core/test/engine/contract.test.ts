import type { Search, Strategy, Work } from "@aide-ts/plugin";
import {
  backendFailure,
  journalText,
  plausibleAnswer,
  play,
  sketchChains,
  sketchRandomSearch,
  sketchSearches,
} from "@aide-ts/testing";
import { describe, expect, it } from "vitest";

const ask = (work: Work, content: string) =>
  work.generate({ messages: [{ role: "user", content }] }, { phase: "extra" });

describe("the journal of a work", () => {
  it("is what it was when the proposal was asked for, however long that works", async () => {
    const seen: (readonly [number, number])[] = [];
    const slow: Strategy = (next) => async (proposal, work) => {
      const before = work.journal.outcomes.length;
      for (let call = 0; call < (work.proposal % 3) * 4; call++) await ask(work, `call ${call}`);
      const candidate = await next(proposal, work);
      seen.push([before, work.journal.outcomes.length]);
      for (const { solutions } of work.journal.outcomes)
        for (const { id } of solutions) expect(work.journal.solution(id)).toBeDefined();
      expect(work.journal.solution(`${work.proposal}-0`)).toBeUndefined();
      return candidate;
    };
    await play({ strategies: [slow], slots: 4, schedule: "eager", jitter: 3, limits: { steps: 16 } });
    expect(seen.every(([before, after]) => before === after)).toBe(true);
    expect(Math.max(...seen.map(([before]) => before))).toBeGreaterThan(5);
  });
});

describe("random numbers", () => {
  const drawing: Strategy = (next) => async (proposal, work) => {
    const draws = await work.fanOut(3, async (branch) => {
      const first = branch.random();
      await ask(branch, "x");
      return [first, branch.random()];
    });
    work.note({ own: work.random(), branches: draws.map((draw) => (draw.ok ? draw.value : [])) });
    return next(proposal, work);
  };

  it("belong to the branch: other delays change none, and no two branches share them", async () => {
    const [one, two] = await Promise.all([1, 2].map((jitter) => play({ strategies: [drawing], slots: 3, jitter })));
    expect(journalText(one!)).toBe(journalText(two!));
    const drawn = one!.journal.outcomes.flatMap(({ notes }) => JSON.stringify(notes).match(/0\.\d+/g) ?? []);
    expect(drawn).toHaveLength(one!.journal.outcomes.length * 7);
    expect(new Set(drawn).size).toBe(drawn.length);
  });
});

describe("every candidate that is evaluated", () => {
  it.each(Object.entries(sketchChains))(
    "by %s is a solution with a name that a folder can have",
    async (_name, strategies) => {
      const { journal, executor } = await play({ strategies, search: sketchSearches["uct"]!, slots: 3 });
      const ids = journal.solutions.map(({ id }) => id);
      expect(new Set(ids.map((id) => id.toLowerCase())).size).toBe(ids.length);
      for (const id of ids) expect(id).toMatch(/^[0-9a-z][0-9a-z.-]*[0-9a-z]$/);
      for (const { chosen, solutions } of journal.outcomes) expect(solutions).toContainEqual(chosen);
      const codes = new Set(journal.solutions.map(({ candidate: { code } }) => code));
      const ran = new Set(executor.scripts.map(({ code }) => code));
      for (const code of codes) expect(ran.has(code)).toBe(true);
    },
  );
});

describe("a call that fails for good", () => {
  it("costs one branch where there are others", async () => {
    const { journal } = await play({
      strategies: sketchChains["self-consistency(reflection)"]!.slice(0, 1),
      limits: { steps: 6 },
      reply: (request, call) =>
        call.number % 3 === 1 ? backendFailure("AIDE_BACKEND_FAILED", false) : plausibleAnswer(request, call),
    });
    expect(journal.outcomes.map(({ cut }) => cut)).toEqual(Array.from({ length: 6 }, () => undefined));
    expect(journal.outcomes.map(({ solutions }) => solutions.length)).toEqual(Array.from({ length: 6 }, () => 2));
  });
});

describe("a search", () => {
  it("is told of every proposal exactly once, those that failed or were cut too", async () => {
    const told: number[] = [];
    const asked: number[] = [];
    const watching = (): Search => {
      const inner = sketchRandomSearch();
      return {
        ask: (view, number, random) => {
          const made = inner.ask(view, number, random);
          if (made.kind === "propose") asked.push(number);
          return made;
        },
        tell: (outcome) => {
          told.push(outcome.number);
          inner.tell(outcome);
        },
      };
    };
    await play({
      search: watching,
      slots: 3,
      limits: { steps: 40, tokens: 4000 },
      reply: (request, call) =>
        call.number % 4 === 0 ? backendFailure("AIDE_BACKEND_FAILED", false) : plausibleAnswer(request, call),
    });
    expect(told).toEqual(asked);
    expect(told).toEqual(told.map((_, at) => at));
  });
});

describe("time that is used up", () => {
  it("stops what is under way, and the run ends with what it has", async () => {
    let now = 0;
    const { ending, journal, budget } = await play({
      limits: { steps: 1000, seconds: 0.3 },
      clock: { now: () => now },
      coder: async (_proposal, work) => {
        now += 40;
        await ask(work, `at ${now}`);
        return { plan: "", code: `x = ${now}` };
      },
      jitter: 1,
    });
    expect(ending).toMatchObject({ reason: "budget", message: "The budget of time is used up." });
    expect(journal.outcomes.length).toBeGreaterThan(1);
    expect(journal.outcomes.length).toBeLessThan(1000);
    expect(budget.gone).toMatchObject([{ name: "time", amount: 0.3 }]);
  });

  it("leaves nothing to a run that is resumed, unless there is more of it", async () => {
    const first = await play({ limits: { steps: 2 }, clock: counting(40) });
    const none = await play({ limits: { steps: 9, seconds: 0.01 }, clock: counting(40), file: first.file });
    expect(none.ending.reason).toBe("budget");
    expect(none.backend.requests).toEqual([]);
    const more = await play({ limits: { steps: 9 }, clock: counting(40), file: first.file });
    expect(more.ending.reason).toBe("steps");
  });
});

/** A clock that goes on by so many milliseconds each time it is looked at. */
const counting = (step: number) => {
  let now = 0;
  return { now: () => (now += step) };
};
