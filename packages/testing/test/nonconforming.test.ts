import {
  definePlugin,
  isStop,
  type Backend,
  type Candidate,
  type Evaluation,
  type Evaluator,
  type Proposal,
  type Search,
  type Strategy,
  type Work,
} from "@aide-ts/plugin";
import { describe, expect, it } from "vitest";
import {
  backendConformance,
  evaluatorConformance,
  plausibleAnswer,
  ScriptedBackend,
  searchConformance,
  sketchReflection,
  strategyConformance,
} from "../src/index.ts";
import { failing } from "./failing.ts";
import { noOptions, sketchPrompts } from "./fixtures.ts";

const ofStrategy = (create: () => Strategy, shape?: readonly [number, number]) =>
  failing((runner) =>
    strategyConformance(runner, {
      plugin: definePlugin({
        kind: "strategy",
        name: "tested",
        options: noOptions,
        prompts: sketchPrompts,
        ...(shape === undefined ? {} : { shape: () => ({ generations: shape, next: [1, 1] as const }) }),
        create,
      }),
      options: {},
      reply: plausibleAnswer,
    }),
  );

const asking = (work: Work, content: string, phase = "extra") =>
  work.generate({ messages: [{ role: "user", content }] }, { phase });

describe("the suite for strategies finds one that", () => {
  it.each<[string, string, () => Strategy]>([
    [
      "swallows the stop",
      "lets a stop pass that comes with its first call",
      () => (next) => (proposal, work) => next(proposal, work).catch((): Candidate => ({ plan: "", code: "x = 1" })),
    ],
    [
      "swallows the stop and asks for ever",
      "lets a stop pass that comes with its first call",
      () => (next) => async (proposal, work) => {
        for (;;) {
          try {
            return await next(proposal, work);
          } catch (error) {
            if (!isStop(error)) throw error;
          }
        }
      },
    ],
    [
      "spreads its work",
      "ends every proposal, and none by an error",
      () => (next) => (proposal, work) => next(proposal, { ...work }),
    ],
    [
      "wraps its work by hand",
      "ends every proposal, and none by an error",
      () => (next) => (proposal, work) => next(proposal, Object.create(work)),
    ],
    [
      "forgets next",
      "calls next as often as its shape says",
      () => () => async (_proposal, work) => {
        const { text } = await asking(work, "code");
        return { plan: "", code: text };
      },
    ],
    [
      "draws from Math.random",
      "repeats under a seed with 1 slots, whatever the delays",
      () => (next) => async (proposal, work) => {
        await asking(work, String(Math.random()));
        return next(proposal, work);
      },
    ],
    [
      "looks at the clock",
      "is answered from its log alone with 1 slots",
      () => (next) => async (proposal, work) => {
        await asking(work, String(performance.now()));
        return next(proposal, work);
      },
    ],
    [
      "keeps something between proposals",
      "repeats under a seed with 3 slots, whatever the delays",
      () => {
        let finished = "";
        return (next) => async (proposal, work) => {
          const candidate = await next(proposal, work);
          await asking(work, finished);
          finished = candidate.code;
          return candidate;
        };
      },
    ],
    [
      "does not say what its calls are for",
      "labels every call with role and phase",
      () => (next) => async (proposal, work) => {
        await asking(work, "x", "");
        return next(proposal, work);
      },
    ],
    [
      "throws where the model gave no code",
      "lives with answers without code",
      () => (next) => async (proposal, work) => {
        const candidate = await next(proposal, work);
        if (candidate.code === "") throw new TypeError("no code");
        return candidate;
      },
    ],
    [
      "notes what is no data",
      "gives plain data as candidates and notes",
      () => (next) => async (proposal, work) => {
        work.note(JSON.parse("1"));
        work.note(new Date(0) as never);
        return next(proposal, work);
      },
    ],
    [
      "does not wait for its calls",
      // With one slot or several: which notices it is a matter of time.
      "repeats under a seed with ",
      () => (next) => async (proposal, work) => {
        const candidate = await next(proposal, work);
        void asking(work, "late").catch(() => undefined);
        return candidate;
      },
    ],
  ])("%s", async (_name, test, create) => {
    const failed = await ofStrategy(create);
    expect(failed).toContainEqual(expect.stringContaining(test));
  });

  it("asks more than its shape says", async () => {
    expect(await ofStrategy(() => sketchReflection(), [0, 1])).toContain(
      "asks as many of its own calls as its shape says",
    );
  });
});

const propose = (part: Partial<Proposal>) => ({
  kind: "propose" as const,
  proposal: { operator: "draft", parents: [], memory: [], guidance: [], ...part },
});

describe("the suite for searches finds one that", () => {
  it.each<[string, string, () => Search]>([
    [
      "begins with something else",
      "begins with a draft that builds on nothing",
      () => ({ ask: () => propose({ operator: "improve" }), tell: () => undefined }),
    ],
    [
      "rolls its own dice",
      "asks the same again after the same calls with 1 slots",
      () => ({ ask: () => propose({ role: Math.random() < 0.5 ? "code" : "review" }), tell: () => undefined }),
    ],
    [
      "builds on what nobody told",
      "asks only for solutions that were told, as plain data, with 3 slots",
      () => ({
        ask: (_view, number) => propose(number < 2 ? {} : { operator: "improve", parents: [`${number - 1}-0`] }),
        tell: () => undefined,
      }),
    ],
    [
      "asks with what is no data",
      "asks only for solutions that were told, as plain data, with 1 slots",
      () => ({ ask: () => propose({ role: undefined as never }), tell: () => undefined }),
    ],
    [
      "waits for nothing",
      "waits only while something is under way, with 1 slots",
      () => ({ ask: (_view, number) => (number < 3 ? propose({}) : { kind: "wait" }), tell: () => undefined }),
    ],
    [
      "loses count of what was cut",
      "goes on where every proposal fails or is cut, with 3 slots",
      () => {
        let open = 0;
        return {
          ask: () => (open >= 2 ? { kind: "wait" } : (open++, propose({}))),
          tell: ({ chosen }) => void (chosen !== undefined && open--),
        };
      },
    ],
    [
      "changes what it is shown",
      "leaves what it is shown as it is",
      () => ({
        ask: (view) => {
          (view.outcomes as unknown[]).reverse();
          const [outcome] = view.outcomes;
          if (outcome !== undefined) Object.assign(outcome, { seen: true });
          return propose({});
        },
        tell: () => undefined,
      }),
    ],
  ])("%s", async (_name, test, create) => {
    const plugin = definePlugin({ kind: "search", name: "tested", options: noOptions, create });
    expect(await failing((runner) => searchConformance(runner, { plugin, options: {} }))).toContain(test);
  });
});

const altered =
  (alter: (backend: Backend) => Partial<Backend>): (() => Promise<Backend>) =>
  async () => {
    const honest: Backend = new ScriptedBackend({
      contextTokens: 2000,
      has: ["seed", "continuation"],
      reply: ({ messages }, { seed }) => `${messages[0]?.content ?? ""} The answer is ${seed}, they say.`,
    });
    const backend: Backend = {
      model: honest.model,
      capabilities: (signal) => honest.capabilities(signal),
      generate: (request, call) => honest.generate(request, call),
      [Symbol.asyncDispose]: () => Promise.resolve(honest[Symbol.asyncDispose]()),
    };
    return { ...backend, ...alter(honest) };
  };

describe("the suite for backends finds one that", () => {
  it.each<[string, string, (honest: Backend) => Partial<Backend>]>([
    ["has no name", "names its model and says what it can do", () => ({ model: "" })],
    [
      "leaves the thought in the text",
      "answers, and counts what it used",
      (honest) => ({
        generate: async (request, call) => ({
          ...(await honest.generate(request, call)),
          text: "<think>hm</think> yes",
        }),
      }),
    ],
    [
      "counts more cached tokens than there were",
      "answers, and counts what it used",
      (honest) => ({
        generate: async (request, call) => {
          const made = await honest.generate(request, call);
          return { ...made, usage: { ...made.usage, cached: made.usage.prompt + 1 } };
        },
      }),
    ],
    [
      "streams other text than it gives",
      "tells its answer as it grows, and nothing else",
      (honest) => ({
        generate: async (request, call) => ({ ...(await honest.generate(request, call)), text: "something else" }),
      }),
    ],
    [
      "writes as much as it likes",
      "writes no more than it is granted",
      (honest) => ({ generate: (request, call) => honest.generate(request, { ...call, grantedTokens: 1000 }) }),
    ],
    [
      "does not know stop sequences",
      "ends at a stop sequence, which is no part of the answer",
      (honest) => ({ generate: ({ stop: _stop, ...request }, call) => honest.generate(request, call) }),
    ],
    [
      "draws its own seeds",
      "answers the same again under the same seed, where it says so",
      (honest) => {
        let seed = 100;
        return { generate: (request, call) => honest.generate(request, { ...call, seed: seed++ }) };
      },
    ],
    [
      "does not hear a stop",
      "resolves with what there is when it is stopped",
      (honest) => ({
        generate: (request, call) => honest.generate(request, { ...call, signal: new AbortController().signal }),
      }),
    ],
    [
      "answers after it was closed",
      "answers generate with AIDE_BACKEND_CLOSED",
      (honest) => ({
        [Symbol.asyncDispose]: () => Promise.resolve(),
        generate: (request, call) => honest.generate(request, call),
      }),
    ],
    [
      "cuts a prompt that is too long",
      "refuses a prompt that does not fit, by name",
      (honest) => ({
        generate: (request, call) =>
          honest.generate(
            { ...request, messages: request.messages.map((one) => ({ ...one, content: one.content.slice(0, 4000) })) },
            call,
          ),
      }),
    ],
  ])("%s", async (_name, test, alter) => {
    expect(await failing((runner) => backendConformance(runner, { name: "tested", open: altered(alter) }))).toContain(
      test,
    );
  });
});

describe("the suite for evaluators finds one that", () => {
  const good: Evaluation = {
    valid: true,
    score: { value: 1, source: "held-out" },
    scores: [{ value: 1, source: "held-out" }],
    feedback: "fine",
  };
  it.each<[string, RegExp, Evaluator["evaluate"]]>([
    ["throws", /judges .* twice alike/, async () => Promise.reject(new TypeError("mistake"))],
    [
      "scores nan",
      /judges .* twice alike/,
      async () => ({ ...good, score: { value: Number.NaN, source: "held-out" } }),
    ],
    ["says nothing in words", /judges .* twice alike/, async () => ({ ...good, feedback: "" })],
    [
      "is moody",
      /judges .* twice alike/,
      async () => ({ ...good, score: { value: Math.random(), source: "held-out" } }),
    ],
    [
      "forgets the earlier scores",
      /extends what was said/,
      async (_subject, before) => before && { ...before, scores: [] },
    ],
    ["overwrites the earlier evaluation", /extends what was said/, async () => good],
    [
      "changes the earlier evaluation",
      /extends what was said/,
      async (_subject, before) => before && Object.assign(before, { feedback: "changed" }),
    ],
    [
      "does not say what its calls are for",
      /labels every call/,
      async (_subject, before, lab) => {
        await lab.generate({ messages: [] }, { phase: "" });
        return before;
      },
    ],
  ])("%s", async (_name, test, evaluate) => {
    const plugin = definePlugin({
      kind: "evaluator",
      name: "tested",
      options: noOptions,
      create: () => ({ evaluate }),
    });
    const host = {
      cacheFolder: "",
      runFolder: "",
      env: () => undefined,
      log: () => undefined,
      task: { goal: "", metric: "rmse", direction: "minimize" as const },
    };
    const failed = await failing((runner) => evaluatorConformance(runner, { plugin, options: {}, host, subjects: [] }));
    expect(failed.filter((name) => test.test(name))).not.toEqual([]);
  });
});
