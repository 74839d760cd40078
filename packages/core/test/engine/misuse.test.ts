import { isStop, type Backend, type Candidate, type Solve, type Strategy, type Work } from "@aide-ts/plugin";
import { backendFailure, codeScoring, cutLog, eventsIn, linesOf, play, sketchChains } from "@aide-ts/testing";
import { describe, expect, it } from "vitest";

const ask = (work: Work, content = "x", phase = "extra") =>
  work.generate({ messages: [{ role: "user", content }] }, { phase });
const empty: Candidate = { plan: "", code: "x = 1" };

describe("a strategy that swallows the stop", () => {
  it("has its outcome marked as cut all the same", async () => {
    const swallowing: Strategy = (next) => (proposal, work) => next(proposal, work).catch(() => empty);
    const { journal, ending } = await play({ strategies: [swallowing], limits: { steps: 9, tokens: 420 } });
    expect(ending.reason).toBe("budget");
    expect(journal.outcomes.at(-1)).toMatchObject({ cut: "budget", chosen: { candidate: { code: "x = 1" } } });
    expect(journal.outcomes.slice(0, -1).map(({ cut }) => cut)).not.toContain("budget");
  });

  it("and asks for ever costs its own outcome, and not the run", async () => {
    const stubborn: Strategy = (next) => async (proposal, work) => {
      for (;;) {
        try {
          return await next(proposal, work);
        } catch (error) {
          if (!isStop(error)) throw error;
        }
      }
    };
    const { journal, ending } = await play({ strategies: [stubborn], limits: { steps: 9, tokens: 420 } });
    expect(ending.reason).toBe("budget");
    expect(journal.outcomes.at(-1)?.cut).toBe("budget");
  });

  it("is noticed in a branch, too: the outcome is cut and keeps its best solution", async () => {
    const { journal } = await play({
      strategies: sketchChains["self-consistency(reflection)"]!,
      limits: { steps: 50, tokens: 2600 },
    });
    const last = journal.outcomes.at(-1);
    expect(last?.cut).toBe("budget");
    if (last !== undefined && last.solutions.length > 0) expect(last.chosen).toBeDefined();
  });

  it("of the user ends the run and tells nothing", async () => {
    const stop = new AbortController();
    const swallowing: Strategy = (next) => async (proposal, work) => {
      stop.abort();
      return next(proposal, work).catch(() => empty);
    };
    const { ending, file } = await play({ strategies: [swallowing], signal: stop.signal });
    expect(ending.reason).toBe("user");
    expect(eventsIn(file).filter(({ type }) => type === "told")).toEqual([]);
  });
});

describe("a strategy that leaves the paths of the contract", () => {
  const errorOf = async (strategy: Strategy) => {
    const errors: unknown[] = [];
    const { ending } = await play({
      strategies: [strategy],
      limits: { steps: 1 },
      observe: (event) => void (event.kind === "told" && errors.push(event.error)),
    });
    expect(ending.reason).toBe("steps");
    return errors[0];
  };

  it.each<[string, Strategy]>([
    ["spreads its work", (next) => (proposal, work) => next(proposal, { ...work })],
    ["puts its work behind a proxy", (next) => (proposal, work) => next(proposal, new Proxy(work, {}))],
    ["inherits from its work", (next) => (proposal, work) => next(proposal, Object.create(work))],
  ])("and %s gets an error that says so", async (_name, strategy) => {
    expect(await errorOf(strategy)).toMatchObject({ code: "AIDE_WORK_COPIED", fault: "plugin" });
  });

  it("and asks after its proposal has ended is refused", async () => {
    const late: unknown[] = [];
    const strategy: Strategy = (next) => async (proposal, work) => {
      const candidate = await next(proposal, work);
      setTimeout(() => void ask(work).catch((error: unknown) => late.push(error)), 5);
      return candidate;
    };
    const slow: Strategy = (next) => async (proposal, work) => {
      await new Promise((resolve) => setTimeout(resolve, 10));
      return next(proposal, work);
    };
    const { file } = await play({ strategies: [strategy, slow], limits: { steps: 2 } });
    expect(late[0]).toMatchObject({ code: "AIDE_CALL_TOO_LATE", fault: "plugin" });
    expect(
      eventsIn(file).filter((event) => event.type === "effect-started" && event.details["phase"] === "extra"),
    ).toEqual([]);
  });
});

describe("what ends a run", () => {
  it("ends it at once, not when the turn of the proposal comes", async () => {
    let asked = 0;
    const first: Solve = async (_proposal, work) => {
      if (work.proposal === 0) for (let call = 0; call < 50; call++) await ask(work, `call ${call}`);
      else await ask(work, "dead");
      return empty;
    };
    const { ending, journal } = await play({
      coder: first,
      slots: 2,
      jitter: 1,
      limits: { steps: 4 },
      reply: ({ messages }) => {
        asked++;
        return messages[0]?.content === "dead" ? backendFailure("AIDE_BACKEND_UNREACHABLE", false) : "fine";
      },
    });
    expect(ending).toMatchObject({ reason: "failure", error: { code: "AIDE_BACKEND_UNREACHABLE" } });
    expect(journal.outcomes).toEqual([]);
    expect(asked).toBeLessThan(10);
  });
});

describe("what is under way when a run fails", () => {
  it("is stopped, not waited for", { timeout: 10_000 }, async () => {
    const stopped: boolean[] = [];
    const hanging: Backend = {
      model: "hanging",
      capabilities: async () => ({ has: [], contextTokens: 1, details: {} }),
      generate: async ({ messages }, { signal }) => {
        if (messages[0]?.content === "dead") throw backendFailure("AIDE_BACKEND_UNREACHABLE", false);
        await new Promise((resolve) => signal.addEventListener("abort", resolve));
        stopped.push(true);
        throw new Error("aborted");
      },
      [Symbol.asyncDispose]: async () => undefined,
    };
    const coder: Solve = async (_proposal, work) => {
      await ask(work, work.proposal === 1 ? "dead" : "long");
      return empty;
    };
    const { ending, file } = await play({ coder, slots: 2, backend: () => hanging, limits: { steps: 4 } });
    expect(ending).toMatchObject({ reason: "failure", error: { code: "AIDE_BACKEND_UNREACHABLE" } });
    expect(stopped).toEqual([true]);
    expect(eventsIn(file).map(({ type }) => type)).toEqual(["asked", "effect-started", "asked", "effect-started"]);
  });
});

describe("the eager schedule", () => {
  it("asks as soon as a slot is free, and is repeated from its log alone", async () => {
    const staged = {
      schedule: "eager",
      slots: 3,
      limits: { steps: 12 },
      strategies: sketchChains["reflection"]!,
    } as const;
    for (let jitter = 1; jitter < 5; jitter++) {
      const first = await play({ ...staged, jitter });
      const again = await play({ ...staged, file: first.file });
      expect(again.journal.outcomes).toEqual(first.journal.outcomes);
      expect(again.backend.requests).toEqual([]);
      const lines = linesOf(first.file);
      const resumed = await play({ ...staged, jitter: 9, file: cutLog(first.file, Math.floor(lines.length / 2)) });
      const told = lines.slice(0, Math.floor(lines.length / 2)).filter((line) => line.includes('"type":"told"')).length;
      expect(resumed.journal.outcomes.slice(0, told)).toEqual(first.journal.outcomes.slice(0, told));
    }
  });
});

describe("an evaluator that asks a model", () => {
  const reviewer = {
    evaluate: async (...[subject, before, lab]: Parameters<typeof codeScoring.evaluate>) => {
      const { text } = await lab.generate(
        { messages: [{ role: "user", content: `review ${subject.candidate.code}` }] },
        { role: "review", phase: "review" },
      );
      return (
        (await codeScoring.evaluate(subject, before, lab)) ?? {
          valid: false as const,
          cause: "review",
          scores: [],
          feedback: text,
        }
      );
    },
  };

  it("asks once per code, is billed to its own role once, and is not asked again on resume", async () => {
    const staged = {
      evaluators: [reviewer],
      strategies: sketchChains["self-consistency(reflection)"]!,
      slots: 3,
      limits: { steps: 4 },
    };
    const first = await play(staged);
    const reviews = first.backend.requests.filter(({ request }) => request.messages[0]?.content.startsWith("review"));
    const codes = new Set(first.journal.solutions.map(({ candidate: { code } }) => code).filter((code) => code !== ""));
    expect(reviews).toHaveLength(codes.size);
    expect(first.budget.byRole.get("review")?.calls).toBe(codes.size);
    const again = await play({ ...staged, file: first.file });
    expect(again.backend.requests).toEqual([]);
    expect(again.budget.byRole).toEqual(first.budget.byRole);
    for (let kept = 0; kept < linesOf(first.file).length; kept += 7) {
      const resumed = await play({ ...staged, file: cutLog(first.file, kept) });
      expect(resumed.journal.outcomes).toEqual(first.journal.outcomes);
    }
  });
});

describe("a call that a kill cut off", () => {
  it("twice is billed twice, and no more", async () => {
    const whole = await play({ limits: { steps: 1 } });
    const at = linesOf(whole.file).findIndex((line) => line.includes('"kind":"generate"'));
    const once = cutLog(whole.file, at + 1);
    const lost = (await play({ limits: { steps: 1 }, file: once })).budget.spent.lost;
    const twice = cutLog(whole.file, at + 1, `${linesOf(whole.file)[at]}\n`);
    const { budget } = await play({ limits: { steps: 1 }, file: twice });
    expect(budget.spent.lost).toBe(2 * lost);
    const later = await play({ limits: { steps: 1 }, file: once });
    expect(later.budget.spent.lost).toBe(lost);
  });
});
