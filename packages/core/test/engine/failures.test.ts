import type { Solve } from "@aide-ts/plugin";
import { backendFailure, linesOf, play, sketchChains } from "@aide-ts/testing";
import { describe, expect, it } from "vitest";

const code = "```python\nx = 1\n```";

describe("budgets", () => {
  it("are never exceeded by tokens, and stop for good", async () => {
    const { budget, ending, journal, file } = await play({
      limits: { steps: 50, tokens: 4000 },
      slots: 4,
      strategies: sketchChains["self-consistency(reflection)"]!,
    });
    expect(budget.tokens).toBeLessThanOrEqual(4000);
    expect(ending.reason).toBe("budget");
    expect(linesOf(file).filter((line) => line.includes('"type":"effect-cut"'))).not.toEqual([]);
    expect(journal.outcomes.every((outcome) => outcome.cut === undefined || outcome.cut === "budget")).toBe(true);
  });

  it("keep the best solution of an outcome that was cut", async () => {
    const strategies = sketchChains["self-consistency(reflection)"]!;
    const runs = [];
    for (let tokens = 900; tokens < 3000; tokens += 300)
      runs.push(await play({ limits: { steps: 50, tokens }, strategies }));
    const cut = runs
      .flatMap(({ journal }) => journal.outcomes)
      .filter((outcome) => outcome.cut === "budget" && outcome.solutions.length > 0);
    expect(cut.length).toBeGreaterThan(0);
    for (const { chosen, solutions } of cut) expect(solutions).toContainEqual(chosen);
  });

  it("that are raised let the run go on, and what they had cut stays cut", async () => {
    const first = await play({ limits: { steps: 9, tokens: 420 } });
    const told = first.journal.outcomes;
    expect(told.at(-1)?.cut).toBe("budget");
    const more = await play({ limits: { steps: 9, tokens: 40_000 }, file: first.file });
    expect(more.ending.reason).toBe("steps");
    expect(more.journal.outcomes.slice(0, told.length)).toEqual(told);
    expect(more.journal.outcomes).toHaveLength(9);
  });

  it("count executions, shared ones once", async () => {
    const { budget, executor, ending } = await play({ limits: { steps: 50, executions: 3 } });
    expect(executor.scripts).toHaveLength(3);
    expect(budget.spent.executions).toBe(3);
    expect(ending.reason).toBe("budget");
  });

  it("end a run by time, what is in flight being cut", async () => {
    const hang = { ...(await play({ limits: { steps: 1 } })) };
    expect(hang.ending.reason).toBe("steps");
    let now = 0;
    const { ending } = await play({
      limits: { steps: 1000, seconds: 0.2 },
      clock: { now: () => (now += 1) },
      jitter: 9,
    });
    expect(["budget", "steps"]).toContain(ending.reason);
  });

  it("are repeated from the log", async () => {
    const limits = { steps: 50, tokens: 3000 };
    const first = await play({ limits, slots: 3 });
    const again = await play({ limits, slots: 3, file: first.file });
    expect(again.backend.requests).toHaveLength(0);
    expect(again.budget.tokens).toBe(first.budget.tokens);
  });
});

describe("a backend", () => {
  it("that cannot hold answers to a schema is not sent one", async () => {
    const asking: Solve = async (_proposal, work) => {
      await work.generate(
        { messages: [{ role: "user", content: "x" }], schema: { type: "object" } },
        { phase: "code" },
      );
      return { plan: "", code: "x = 1" };
    };
    const [with_, without] = [
      await play({ limits: { steps: 1 }, coder: asking }),
      await play({ limits: { steps: 1 }, coder: asking, has: (_role, capability) => capability !== "jsonSchema" }),
    ];
    expect(with_.backend.requests[0]?.request.schema).toEqual({ type: "object" });
    expect(without.backend.requests[0]?.request).not.toHaveProperty("schema");
  });

  it("that fails for a moment is asked again", async () => {
    const { journal, backend } = await play({
      limits: { steps: 2 },
      reply: (_request, { number }) => (number % 2 === 0 ? backendFailure("AIDE_BACKEND_BUSY", true) : code),
    });
    expect(journal.outcomes.map(({ cut }) => cut)).toEqual([undefined, undefined]);
    expect(backend.requests).toHaveLength(4);
  });

  it("that refuses a call costs one outcome, and the log remembers it", async () => {
    const reply = (_request: unknown, { number }: { number: number }) =>
      number === 1 ? backendFailure("AIDE_CONTEXT_OVERFLOW", false) : code;
    const first = await play({ limits: { steps: 3 }, reply });
    expect(first.journal.outcomes.map(({ cut }) => cut)).toEqual([undefined, "failure", undefined]);
    const again = await play({ limits: { steps: 3 }, reply, file: first.file });
    expect(again.journal.outcomes.map(({ cut }) => cut)).toEqual([undefined, "failure", undefined]);
    expect(again.backend.requests).toHaveLength(0);
  });

  it("that cannot be reached stops the run, which goes on later", async () => {
    const down = await play({
      limits: { steps: 2 },
      reply: (_request, { number }) => (number === 1 ? backendFailure("AIDE_BACKEND_UNREACHABLE", false) : code),
    });
    expect(down.ending.reason).toBe("failure");
    const up = await play({ limits: { steps: 2 }, reply: () => code, file: down.file });
    expect(up.ending.reason).toBe("steps");
    expect(up.journal.outcomes).toHaveLength(2);
    expect(up.backend.requests).toHaveLength(1);
  });

  it("that repeats itself without end is cut off, and the tokens are counted", async () => {
    const { journal, budget } = await play({
      limits: { steps: 1 },
      reply: () => `\`\`\`python\n${"import numpy as np\n".repeat(200)}`,
    });
    expect(budget.spent.answer).toBeGreaterThan(0);
    expect(
      linesOf((await play({ limits: { steps: 1 }, reply: () => "import numpy as np\n".repeat(200) })).file).join(""),
    ).toContain('"finish":"repetition"');
    expect(journal.outcomes[0]?.chosen?.evaluation.valid).toBe(false);
  });
});

describe("a strategy", () => {
  it("that throws costs one outcome; five in a row end the run with its error", async () => {
    const { journal, ending } = await play({
      strategies: [
        () => async () => {
          throw new TypeError("mistake");
        },
      ],
      limits: { steps: 20 },
    });
    expect(journal.outcomes).toHaveLength(5);
    expect(ending).toMatchObject({ reason: "failure", message: "mistake" });
  });
});

describe("the user's stop", () => {
  it("leaves the run so that it goes on to the same journal", async () => {
    const whole = await play({ limits: { steps: 5 } });
    const stop = new AbortController();
    const stopped = await play({
      limits: { steps: 5 },
      signal: stop.signal,
      observe: (event) => {
        if (event.kind === "call-started" && event.place.startsWith("2-")) stop.abort();
      },
    });
    expect(stopped.ending.reason).toBe("user");
    expect(stopped.journal.outcomes.length).toBeLessThan(5);
    const resumed = await play({ limits: { steps: 5 }, file: stopped.file });
    expect(resumed.journal.outcomes.map(({ chosen }) => chosen?.candidate.code)).toEqual(
      whole.journal.outcomes.map(({ chosen }) => chosen?.candidate.code),
    );
  });
});
