import {
  AideError,
  definePlugin,
  Stop,
  type AnyPlugin,
  type Backend,
  type Executor,
  type Evaluator,
  type Kind,
  type Search,
  type Strategy,
} from "@aide-ts/plugin";
import {
  codeScoring,
  FakeExecutor,
  plausibleAnswer,
  play,
  ScriptedBackend,
  sketchRandomSearch,
} from "@aide-ts/testing";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { guarded } from "../../../src/plugins/guard/guarded.ts";

const patience = { afterStop: 50, idle: 80 };
const bug = () => new TypeError("a bug of its own");
const never = () => new Promise<never>(() => undefined);

/** What a faulty hook does in place of answering. */
const faults: Readonly<Record<string, () => unknown>> = {
  "throws at once": () => {
    throw bug();
  },
  "throws what is no error": () => {
    // oxlint-disable-next-line no-throw-literal -- a plugin may
    throw "a word";
  },
  rejects: () => Promise.reject(bug()),
  "answers undefined": () => Promise.resolve(undefined),
  "answers an object of another kind": () => Promise.resolve({ valid: "maybe", plan: 3, text: null }),
};

type Guardable = { strategy: Strategy; search: Search; evaluator: Evaluator; backend: Backend; executor: Executor };

/** A plugin that makes this service, as the loader hands it out. */
const made = <K extends keyof Guardable>(kind: K, service: unknown): Guardable[K] => {
  const plugin = definePlugin({
    kind: "strategy",
    name: "theirs",
    options: z.object({}),
    create: () => service as Strategy,
  });
  const ofKind = { ...plugin, kind } as unknown as AnyPlugin;
  return (guarded(ofKind, patience).create as (...given: unknown[]) => unknown)({}, undefined) as Guardable[K];
};

const errorsOf = async (staged: Parameters<typeof play>[0]) => {
  const errors: unknown[] = [];
  const played = await play({
    limits: { steps: 2 },
    patience: patience.idle,
    ...staged,
    observe: (event) => void (event.kind === "told" && event.error !== undefined && errors.push(event.error)),
  });
  return { errors, ending: played.ending, outcomes: played.journal.outcomes };
};

const stampOf = (error: unknown, kind: Kind, hook: string) => {
  expect(AideError.is(error)).toBe(true);
  const { code, message, fault } = error as AideError;
  expect(message).toContain(`${kind} "theirs"`);
  expect(message).toContain(` in ${hook}`);
  expect(fault).toBe("plugin");
  return code;
};

const codes = ["AIDE_PLUGIN_THREW", "AIDE_PLUGIN_RETURNED"];

describe.each(Object.entries(faults))("a plugin of which a hook %s costs one step, and is named:", (_, fault) => {
  const faulty = () => fault() as Promise<never>;

  it("a strategy's solve", async () => {
    const { errors, ending, outcomes } = await errorsOf({ strategies: [made("strategy", () => faulty)] });
    expect(ending.reason).toBe("steps");
    expect(outcomes.map(({ cut }) => cut)).toEqual(["failure", "failure"]);
    expect(codes).toContain(stampOf(errors[0], "strategy", "solve"));
  });

  it("a backend's generate", async () => {
    const backend = Object.assign(new ScriptedBackend({ reply: plausibleAnswer }), { generate: faulty });
    const { errors, ending } = await errorsOf({ backend: () => made("backend", backend) });
    expect(ending.reason).toBe("steps");
    expect(codes).toContain(stampOf(errors[0], "backend", "generate"));
  });

  it("an executor's execute", async () => {
    const executor = Object.assign(new FakeExecutor(() => ({ output: "ran" })), { execute: faulty });
    const { errors, ending } = await errorsOf({ executor: made("executor", executor) });
    expect(ending.reason).toBe("steps");
    expect(codes).toContain(stampOf(errors[0], "executor", "execute"));
  });

  it.each(["ask", "tell"] as const)("a search's %s, which ends the run", async (hook) => {
    const search = () => made("search", { ...bound(sketchRandomSearch()), [hook]: fault });
    const { ending } = await errorsOf({ search });
    expect(ending.reason).toBe("failure");
    if (ending.reason === "failure") expect(codes).toContain(stampOf(ending.error, "search", hook));
  });
});

const bound = (search: Search): Search => ({
  ask: (...given) => search.ask(...given),
  tell: (outcome) => search.tell(outcome),
});

describe("an evaluator", () => {
  it.each(Object.entries(faults).filter(([name]) => name !== "answers undefined"))(
    "that %s is named",
    async (_, fault) => {
      const evaluator = made("evaluator", { evaluate: fault });
      const { errors, ending } = await errorsOf({ evaluators: [codeScoring, evaluator] });
      expect(ending.reason).toBe("steps");
      expect(codes).toContain(stampOf(errors[0], "evaluator", "evaluate"));
    },
  );

  it("that answers undefined leaves the verdict as it was", async () => {
    const { errors } = await errorsOf({
      evaluators: [codeScoring, made("evaluator", { evaluate: async () => undefined })],
    });
    expect(errors).toEqual([]);
  });
});

describe("a plugin that never answers", { timeout: 20_000 }, () => {
  it("costs a strategy its step, once nothing is under way for it", async () => {
    const waiting: Strategy = (next) => async (proposal, work) => {
      await next(proposal, work);
      return never();
    };
    const { errors, ending } = await errorsOf({ strategies: [made("strategy", waiting)], names: ["theirs"] });
    expect(ending.reason).toBe("steps");
    expect(stampOf(errors[0], "strategy", "solve")).toBe("AIDE_PLUGIN_SILENT");
  });

  it("is named, and not one that waits for it", async () => {
    const outer: Strategy = (next) => (proposal, work) => next(proposal, work);
    const strategies = [made("strategy", outer), made("strategy", () => never)];
    const { errors } = await errorsOf({ strategies, names: ["outer", "theirs"] });
    expect(stampOf(errors[0], "strategy", "solve")).toBe("AIDE_PLUGIN_SILENT");
  });

  it("is not a strategy that asks now and then", async () => {
    const patient: Strategy = (next) => async (proposal, work) => {
      for (let times = 0; times < 6; times++) {
        await new Promise((resolve) => setTimeout(resolve, patience.idle / 2));
        await work.remaining();
      }
      return next(proposal, work);
    };
    const { errors, ending } = await errorsOf({ strategies: [made("strategy", patient)] });
    expect(ending.reason).toBe("steps");
    expect(errors).toEqual([]);
  });

  it("is not a strategy whose model takes long", async () => {
    const { errors } = await errorsOf({
      strategies: [made("strategy", (next: Parameters<Strategy>[0]) => next)],
      backend: () => made("backend", new ScriptedBackend({ reply: plausibleAnswer, latency: () => 3 * patience.idle })),
    });
    expect(errors).toEqual([]);
  });

  it("costs an evaluator the step", async () => {
    const { errors, ending } = await errorsOf({ evaluators: [made("evaluator", { evaluate: never })] });
    expect(ending.reason).toBe("steps");
    expect(stampOf(errors[0], "evaluator", "evaluate")).toBe("AIDE_PLUGIN_SILENT");
  });

  const hanging = {
    backend: () => {
      const backend = Object.assign(new ScriptedBackend({ reply: plausibleAnswer }), { generate: never });
      return { backend: () => made("backend", backend) };
    },
    executor: () => {
      const executor = Object.assign(new FakeExecutor(() => ({ output: "ran" })), { execute: never });
      return { executor: made("executor", executor) };
    },
    strategy: () => ({ strategies: [made("strategy", () => never)], patience: 60_000 }),
    evaluator: () => ({ evaluators: [made("evaluator", { evaluate: never })] }),
  };

  it.each(Object.entries(hanging))("keeps no stopped run waiting: a %s", async (_, staged) => {
    const stop = new AbortController();
    setTimeout(() => stop.abort(new Stop("user", "stopped")), 20);
    const began = performance.now();
    const { ending } = await errorsOf({ signal: stop.signal, ...staged() });
    expect(ending.reason).toBe("user");
    expect(performance.now() - began).toBeLessThan(5000);
  });

  it("keeps nobody waiting who closes it", async () => {
    const backend = Object.assign(new ScriptedBackend({ reply: plausibleAnswer }), { [Symbol.asyncDispose]: never });
    const closing = Promise.resolve(made("backend", backend)[Symbol.asyncDispose]());
    const error = await closing.catch((thrown: unknown) => thrown);
    expect(stampOf(error, "backend", "close")).toBe("AIDE_PLUGIN_SILENT");
  });
});

describe("what create gives", () => {
  it.each<[keyof Guardable, unknown, string]>([
    ["strategy", undefined, "a function"],
    ["strategy", { solve: () => undefined }, "a function"],
    ["search", { ask: () => ({ kind: "wait" }) }, "tell"],
    ["evaluator", {}, "evaluate"],
    ["backend", { generate: () => undefined }, "capabilities, [Symbol.asyncDispose]"],
    ["executor", null, "environment, execute, start, read, [Symbol.asyncDispose]"],
  ])("of a %s is refused where it is none: %j", (kind, service, missing) => {
    expect(() => made(kind, service)).toThrow(
      expect.objectContaining({
        code: "AIDE_PLUGIN_RETURNED",
        message: expect.stringContaining(`it lacks ${missing}.`),
      }),
    );
  });

  it("of a strategy is refused where it makes no solve", async () => {
    expect(() => made("strategy", () => "x")(async () => ({ plan: "", code: "" }))).toThrow(
      /strategy "theirs" gave nothing/,
    );
  });
});
