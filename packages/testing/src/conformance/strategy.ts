import assert from "node:assert/strict";
import { coderPrompts, createCoder, PromptBook } from "@aide-ts/core";
import { isStop, type Plugin, type Shape, type Solve, type Strategy } from "@aide-ts/plugin";
import { backendFailure } from "../scripted-backend.ts";
import { cutLog, eventsIn, linesOf, orderedLog } from "../stage/log-file.ts";
import { journalText, plausibleAnswer, play, type Played, type Staged } from "../stage/stage.ts";
import type { TestRunner } from "./runner.ts";

export interface StrategyCase<O> {
  readonly plugin: Plugin<"strategy", O>;
  readonly options: O;
  /** What the model answers; plausible scripts without. It must follow from request and seed alone. */
  readonly reply?: Staged["reply"];
  /** What a script that the strategy runs does; it must follow from the script alone. */
  readonly run?: Staged["run"];
  /** Strategies that the tested one wraps. */
  readonly inner?: readonly Strategy[];
}

type Reply = NonNullable<Staged["reply"]>;

const steps = 5;

/** What every strategy must hold to on aide's engine: that it repeats, resumes, replays, keeps its budget and can be composed. */
export const strategyConformance = <O>({ describe, it }: TestRunner, tested: StrategyCase<O>): void => {
  const { plugin, options, inner = [] } = tested;
  const reply: Reply = tested.reply ?? plausibleAnswer;
  const strategy = () => plugin.create(options, undefined);
  const shape: Shape = plugin.shape?.(options) ?? anyShape;
  const book = new PromptBook({ ...coderPrompts(), ...plugin.prompts }, "# Task\nPredict y.");
  const stage: Staged = {
    reply,
    ...(tested.run === undefined ? {} : { run: tested.run }),
    limits: { steps },
    coder: createCoder({ skeleton: "", directions: [], canContinue: () => false, opens: () => false }),
    prompt: (template, slots) => book.messages(template, slots),
  };
  const run = (more: Staged = {}): Promise<Played> => play({ strategies: [strategy(), ...inner], ...stage, ...more });

  /** A call that is not waited for ends in time by chance: with one of these it hardly ever does. */
  const delays = [1, 2, 3, 4, 5, 6, 7, 8];

  describe(`strategy ${plugin.name}`, () => {
    it("ends every proposal, and none by an error", async () => {
      const { journal, ending } = await run();
      assert.equal(ending.reason, "steps", ending.message);
      for (const { number, cut } of journal.outcomes)
        assert.equal(cut, undefined, `proposal ${number} was cut: ${cut}`);
    });

    for (const slots of [1, 3]) {
      it(`repeats under a seed with ${slots} slots, whatever the delays`, async () => {
        const [plain, ...delayed] = await Promise.all([0, ...delays].map((jitter) => run({ slots, jitter })));
        assert.ok(plain !== undefined);
        for (const other of delayed) {
          assert.equal(journalText(other), journalText(plain));
          assert.equal(orderedLog(other.file), orderedLog(plain.file));
        }
      });

      it(`is answered from its log alone with ${slots} slots`, async () => {
        const first = await run({ slots, jitter: 1 });
        const again = await run({ slots, file: first.file });
        assert.equal(journalText(again), journalText(first));
        assert.equal(again.backend.requests.length, 0, "a model was asked again");
        assert.equal(again.executor.scripts.length, 0, "a script was run again");
      });
    }

    it("goes on to the same journal from any prefix of its log", async () => {
      const whole = await run({ slots: 2, limits: { steps: 3 } });
      for (const [kept, line] of linesOf(whole.file).entries()) {
        const file = cutLog(whole.file, kept, line.slice(0, 30));
        const resumed = await run({ slots: 2, limits: { steps: 3 }, jitter: 1, file });
        assert.equal(journalText(resumed), journalText(whole), `after ${kept} events`);
      }
    });

    it("is stopped at any call, and goes on to the same journal", async () => {
      const whole = await run({ limits: { steps: 3 } });
      for (let call = 1; call <= whole.backend.requests.length; call++) {
        const stop = new AbortController();
        let seen = 0;
        const stopped = await run({
          limits: { steps: 3 },
          signal: stop.signal,
          observe: ({ kind }) => {
            if (kind === "call-started" && ++seen === call) stop.abort();
          },
        });
        assert.equal(stopped.ending.reason, "user");
        const resumed = await run({ limits: { steps: 3 }, file: stopped.file });
        assert.equal(journalText(resumed), journalText(whole), `stopped at call ${call}`);
      }
    });

    it("keeps within a budget of tokens, and never asks once it is gone", async () => {
      const { tokens } = (await run()).budget;
      for (const share of [0.2, 0.5, 0.9]) {
        const limit = Math.ceil(tokens * share) + 300;
        const limits = { steps: 50, tokens: limit };
        const { budget, file } = await run({ limits, slots: 2 });
        assert.ok(budget.tokens <= limit, `${budget.tokens} of ${limit} tokens`);
        assert.equal(answeredAfterCut(file), 0, "a model answered after the budget had refused a call");
      }
    });

    it("lets a stop pass that comes with its first call", async () => {
      let outcome: "returned" | "stopped" | undefined;
      const watching: Strategy = (next) => async (proposal, work) => {
        try {
          const candidate = await next(proposal, work);
          outcome = "returned";
          return candidate;
        } catch (error) {
          outcome = isStop(error) ? "stopped" : undefined;
          throw error;
        }
      };
      const { ending } = await run({
        strategies: [watching, strategy(), ...inner],
        limits: { steps, tokens: 1 },
      });
      assert.equal(ending.reason, "budget", ending.message);
      assert.equal(outcome, "stopped", "the stop was swallowed: where isStop(error), throw it on");
    });

    it("calls next as often as its shape says", async () => {
      const counted = new Map<number, { operator: string; next: number }>();
      const outside: Strategy = (next) => (proposal, work) => {
        counted.set(work.proposal, { operator: proposal.operator, next: 0 });
        return next(proposal, work);
      };
      const inside: Strategy = (next) => (proposal, work) => {
        const count = counted.get(work.proposal);
        if (count !== undefined) count.next++;
        return next(proposal, work);
      };
      await run({ strategies: [outside, strategy(), inside, ...inner] });
      for (const [number, { operator, next }] of counted) {
        if (shape.replaces?.includes(operator) === true) continue;
        const [least, most] = worksOn(shape, operator) ? shape.next : [1, 1];
        assert.ok(
          next >= least && next <= most,
          `proposal ${number} (${operator}) called next ${next} times; its shape says ${least} to ${most}`,
        );
      }
    });

    it("asks as many of its own calls as its shape says", async () => {
      const [fewest, many] = shape.perCall ?? [1, 1];
      for (const [number, { operator, outside, inside }] of await callsAround(run, strategy, inner)) {
        const [least, most] = worksOn(shape, operator) ? shape.generations : [0, 0];
        assert.ok(
          outside >= least + fewest * inside && outside <= most + many * inside,
          `proposal ${number} (${operator}): ${outside} calls, ${inside} of them inside next; its shape says ${least} to ${most} of its own, and ${fewest} to ${many} for each inside`,
        );
      }
    });

    it("labels every call with role and phase", async () => {
      const { file } = await run();
      for (const event of eventsIn(file)) {
        if (event.type !== "effect-started" || event.kind !== "generate") continue;
        assert.match(String(event.details["phase"]), /^[a-z][a-z-]*$/, `the call at ${event.place}`);
        assert.match(String(event.details["role"]), /^[a-z][a-z-]*$/, `the call at ${event.place}`);
      }
    });

    it("lives with a model server that fails every second call", async () => {
      const failing: Reply = (request, call) =>
        call.seed % 2 === 0 ? backendFailure("AIDE_BACKEND_FAILED", false) : reply(request, call);
      const first = await run({ reply: failing, slots: 2 });
      assert.notEqual(first.ending.reason, "divergence", first.ending.message);
      const numbers = first.journal.outcomes.map(({ number }) => number);
      assert.deepEqual(numbers, [...new Set(numbers)]);
      const again = await run({ reply: failing, slots: 2, file: first.file });
      assert.equal(journalText(again), journalText(first));
      assert.equal(again.backend.requests.length, 0);
    });

    for (const [what, answer] of Object.entries(badAnswers)) {
      it(`lives with ${what}`, async () => {
        const { journal, ending } = await run({ reply: () => answer, limits: { steps: 3 } });
        assert.equal(ending.reason, "steps", ending.message);
        for (const outcome of journal.outcomes) assert.equal(outcome.cut, undefined);
      });
    }

    it("gives plain data as candidates and notes", async () => {
      const { journal } = await run();
      for (const { notes, solutions } of journal.outcomes) {
        assert.deepEqual(JSON.parse(JSON.stringify(notes)), notes);
        for (const { candidate } of solutions) assert.deepEqual(JSON.parse(JSON.stringify(candidate)), candidate);
      }
    });
  });
};

const anyShape: Shape = { generations: [0, Number.POSITIVE_INFINITY], next: [1, Number.POSITIVE_INFINITY] };

const badAnswers = {
  "empty answers": "",
  "answers without code": "I am sorry, I cannot do that.",
  "code that nothing ends": "```python\nx = (1,",
  "thoughts that never end": "<think>" + "hm ".repeat(50),
};

/** Model calls that ended well after the log holds a refusal and that had not been under way by then. */
const answeredAfterCut = (file: string): number => {
  const events = eventsIn(file);
  const cut = events.findIndex((event) => event.type === "effect-cut");
  if (cut === -1) return 0;
  const started = new Set(
    events
      .slice(cut)
      .flatMap((event) => (event.type === "effect-started" && event.kind === "generate" ? [event.place] : [])),
  );
  return events.slice(cut).filter((event) => event.type === "effect-ended" && started.has(event.place)).length;
};

const worksOn = ({ operators }: Shape, operator: string): boolean => operators?.includes(operator) !== false;

interface CallsAround {
  readonly operator: string;
  /** All calls that come out of the strategy. */
  outside: number;
  /** Calls that were made inside `next`. */
  inside: number;
}

/** Calls by proposal, as they are seen around the strategy and inside it. */
const callsAround = async (
  run: (staged: Staged) => Promise<Played>,
  strategy: () => Strategy,
  inner: readonly Strategy[],
): Promise<ReadonlyMap<number, CallsAround>> => {
  const around = new Map<number, CallsAround>();
  const counting = (where: "outside" | "inside"): Strategy => {
    const count: (next: Solve) => Solve = (next) => (proposal, work) => {
      const calls = around.get(work.proposal) ?? { operator: proposal.operator, outside: 0, inside: 0 };
      around.set(work.proposal, calls);
      const counted = work.with({
        generate(request, call, into) {
          calls[where]++;
          return into.generate(request, call);
        },
      });
      return next(proposal, counted);
    };
    return count;
  };
  await run({ strategies: [counting("outside"), strategy(), counting("inside"), ...inner] });
  return around;
};
