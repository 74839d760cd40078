import { isStop } from "@aide-ts/plugin";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Budget, type Bill, type Limits, type Price } from "../../src/index.ts";

const nothing = { bills: [], limits: [] };
const price: Price = { prompt: 3, cached: 1, answer: 10 };
const priceOf = (role: string): Price | undefined => (role === "code" ? price : undefined);
const usage = (prompt: number, cached: number, reasoning: number, answer: number) => ({
  prompt,
  cached,
  reasoning,
  answer,
  estimated: false,
});

const limit = fc.option(fc.integer({ min: 0, max: 3000 }), { nil: undefined });
const limits: fc.Arbitrary<Limits> = fc.record({
  tokens: limit,
  promptTokens: limit,
  reasoningTokens: limit,
  answerTokens: limit,
  roleTokens: fc.option(fc.record({ critic: fc.nat(1500) }), { nil: undefined }),
  cost: fc.option(fc.double({ min: 0, max: 0.02, noNaN: true }), { nil: undefined }),
});

/** Calls that use at most what they were allowed, with how many others are under way when they end. */
const calls = fc.array(
  fc
    .record({
      role: fc.constantFrom("code", "critic"),
      prompt: fc.nat(300),
      granted: fc.nat(400),
      usedPrompt: fc.double({ min: 0, max: 1, noNaN: true }),
      cached: fc.double({ min: 0, max: 1, noNaN: true }),
      usedGrant: fc.double({ min: 0, max: 1, noNaN: true }),
      thought: fc.double({ min: 0, max: 1, noNaN: true }),
      ends: fc.nat(3),
    })
    .map(({ role, prompt, granted, usedPrompt, cached, usedGrant, thought, ends }) => {
      const read = Math.floor(prompt * usedPrompt);
      const written = Math.floor(granted * usedGrant);
      const reasoning = Math.floor(written * thought);
      return {
        role,
        prompt,
        granted,
        ends,
        used: usage(read, Math.floor(read * cached), reasoning, written - reasoning),
      };
    }),
  { maxLength: 40 },
);

describe("a budget", () => {
  it("is never exceeded in any of its limits, and refuses for good", async () => {
    await fc.assert(
      fc.asyncProperty(limits, calls, async (given, asked) => {
        const budget = new Budget(given, priceOf, nothing);
        const open: (() => void)[] = [];
        let gone = 0;
        for (const { role, prompt, granted, used, ends } of asked) {
          const reserving = budget.reserve({ role, prompt, granted }).then(
            (release) => void open.push(() => release(used)),
            (error: unknown) => expect(isStop(error)).toBe(true),
          );
          for (let at = 0; at < ends; at++) open.shift()?.();
          await Promise.race([reserving, Promise.resolve().then(() => open.shift()?.())]);
          if (ends === 3) open.splice(0).forEach((end) => end());
          expect(budget.gone.length).toBeGreaterThanOrEqual(gone);
          gone = budget.gone.length;
        }
        for (let round = 0; round < 100; round++) {
          await Promise.resolve();
          while (open.length > 0) open.shift()?.();
        }
        const { spent, byRole } = budget;
        const critic = byRole.get("critic");
        const over = (value: number, most: number | undefined) => value > (most ?? Number.POSITIVE_INFINITY);
        expect(over(budget.tokens, given.tokens)).toBe(false);
        expect(over(spent.prompt - spent.cached, given.promptTokens)).toBe(false);
        expect(over(spent.reasoning, given.reasoningTokens)).toBe(false);
        expect(over(spent.answer, given.answerTokens)).toBe(false);
        if (critic !== undefined)
          expect(
            over(critic.prompt - critic.cached + critic.reasoning + critic.answer, given.roleTokens?.["critic"]),
          ).toBe(false);
        expect(over((budget.cost ?? 0) - 1e-9, given.cost)).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  it("gives back what a call did not use", async () => {
    const budget = new Budget({ tokens: 1000 }, priceOf, nothing);
    (await budget.reserve({ role: "code", prompt: 100, granted: 800 }))(usage(50, 0, 0, 50));
    expect(budget.tokens).toBe(100);
    expect(budget.remaining(0).tokens).toBe(900);
    await expect(budget.reserve({ role: "code", prompt: 100, granted: 800 })).resolves.toBeTypeOf("function");
  });

  it("lets a call wait for others that may leave something over", async () => {
    const budget = new Budget({ tokens: 1000 }, priceOf, nothing);
    const release = await budget.reserve({ role: "code", prompt: 0, granted: 900 });
    const second = budget.reserve({ role: "code", prompt: 0, granted: 900 });
    release(usage(0, 0, 0, 50));
    await expect(second).resolves.toBeTypeOf("function");
  });

  it("keeps what a call under way may still use from the others", async () => {
    const budget = new Budget({ tokens: 1000 }, priceOf, nothing);
    const release = await budget.reserve({ role: "code", prompt: 0, granted: 600 });
    expect(budget.remaining(0).tokens).toBe(400);
    let isSent = false;
    const second = budget.reserve({ role: "code", prompt: 0, granted: 600 }).then(() => void (isSent = true));
    await new Promise(setImmediate);
    expect(isSent).toBe(false);
    release(usage(0, 0, 0, 600));
    await expect(second).rejects.toSatisfy(isStop);
  });

  it("never lets a small call through behind a larger one that was refused", async () => {
    const budget = new Budget({ tokens: 1000 }, priceOf, nothing);
    await expect(budget.reserve({ role: "code", prompt: 0, granted: 1001 })).rejects.toSatisfy(isStop);
    await expect(budget.reserve({ role: "code", prompt: 0, granted: 1 })).rejects.toSatisfy(isStop);
  });

  it("of one role leaves the others alone, and reports what was in flight when it was gone", async () => {
    const budget = new Budget({ roleTokens: { critic: 100 } }, priceOf, nothing);
    await budget.reserve({ role: "code", prompt: 30, granted: 70 });
    await expect(budget.reserve({ role: "critic", prompt: 50, granted: 51 })).rejects.toSatisfy(isStop);
    await expect(budget.reserve({ role: "code", prompt: 10, granted: 10 })).resolves.toBeTypeOf("function");
    expect(budget.gone).toEqual([
      { name: "tokens of the critic role", amount: 100, inFlight: { calls: 1, tokens: 100 } },
    ]);
  });

  it("counts executions and their time", () => {
    const budget = new Budget({ executions: 3, executorSeconds: 10 }, priceOf, nothing);
    budget.startExecution();
    budget.endExecution(4);
    const left = budget.remaining(7);
    expect(left).toMatchObject({ executions: 2, executorSeconds: 6 });
    expect(Object.keys(left)).not.toContain("seconds");
    budget.startExecution();
    budget.endExecution(6);
    expect(() => budget.startExecution()).toThrow("executor seconds");
    expect(budget.gone.map(({ name }) => name)).toEqual(["executor seconds"]);
  });

  it("prices the calls of roles whose model has a price", async () => {
    const budget = new Budget({}, priceOf, nothing);
    expect(budget.cost).toBeUndefined();
    budget.charge({ role: "code" }, usage(1000, 400, 100, 50));
    budget.charge({ role: "critic" }, usage(9999, 0, 0, 9999));
    expect(budget.cost).toBeCloseTo((600 * 3 + 400 * 1 + 150 * 10) / 1e6, 12);
  });

  it("that was reached stays so on resume, unless it was raised", async () => {
    const past = { bills: [], limits: [{ name: "tokens", amount: 100, inFlight: { calls: 0, tokens: 0 } }] };
    const small = { role: "code", prompt: 1, granted: 1 };
    await expect(new Budget({ tokens: 100 }, priceOf, past).reserve(small)).rejects.toSatisfy(isStop);
    await expect(new Budget({ tokens: 101 }, priceOf, past).reserve(small)).resolves.toBeTypeOf("function");
    await expect(new Budget({}, priceOf, past).reserve(small)).resolves.toBeTypeOf("function");
  });

  it("is restored from bills to what it was", () => {
    const bill = fc.oneof(
      fc.record({
        kind: fc.constant("call" as const),
        role: fc.constantFrom("code", "critic"),
        phase: fc.constantFrom("plan", "code"),
        usage: fc.tuple(fc.nat(99), fc.nat(99), fc.nat(99), fc.nat(99)).map(([a, b, c, d]) => usage(a + b, b, c, d)),
      }),
      fc.record({ kind: fc.constant("execution" as const), seconds: fc.nat(100) }),
      fc.record({
        kind: fc.constant("lost-call" as const),
        role: fc.constant("code"),
        phase: fc.constant("code"),
        prompt: fc.nat(99),
        granted: fc.nat(99),
      }),
    );
    fc.assert(
      fc.property(fc.array(bill), (bills: readonly Bill[]) => {
        const budget = new Budget({ tokens: 1e6 }, priceOf, { bills, limits: [] });
        const tokens = bills.reduce((sum, one) => {
          if (one.kind === "execution") return sum;
          if (one.kind === "lost-call") return sum + one.prompt + one.granted;
          return sum + one.usage.prompt - one.usage.cached + one.usage.reasoning + one.usage.answer;
        }, 0);
        expect(budget.tokens).toBe(tokens);
        expect(budget.remaining(0).tokens).toBe(1e6 - tokens);
        expect(budget.spent.executions).toBe(bills.filter(({ kind }) => kind === "execution").length);
      }),
    );
  });

  it("reports what was used for what, and which counts are estimates", async () => {
    const budget = new Budget({}, priceOf, nothing);
    for (const phase of ["plan", "code", "code"])
      (await budget.reserve({ role: "code", phase, prompt: 9, granted: 9 }))({
        ...usage(4, 0, 1, 2),
        estimated: phase === "plan",
      });
    budget.charge({ role: "critic", phase: "critique" }, usage(1, 0, 0, 1));
    const used = budget.uses.map(({ role, phase, spent }) => [role, phase, spent.calls, spent.answer, spent.estimated]);
    expect(used).toEqual([
      ["code", "plan", 1, 2, 1],
      ["code", "code", 2, 4, 0],
      ["critic", "critique", 1, 1, 0],
    ]);
    expect(budget.byRole.get("code")).toMatchObject({ calls: 3, answer: 6, estimated: 1 });
  });
});
