import type { Backend, Kind, Kinds, Lab } from "@aide-ts/plugin";
import { IdleWatch } from "../../engine/idle-watch.ts";
import { ask } from "../../events/event-schema.ts";
import { pluginIncomplete, pluginSilent } from "../../errors/plugins.ts";
import * as answers from "./answers.ts";
import { awaited, called, closed, type Hook, type Patience } from "./hook.ts";

type HookNamed = (hook: string) => Hook;

type Guards = {
  readonly [K in Kind]: {
    /** What the service needs to have; nothing for one that is a function. */
    readonly methods: readonly PropertyKey[];
    readonly guard: (service: Kinds[K], of: HookNamed, patience: Patience) => Kinds[K];
  };
};

const closing = (service: AsyncDisposable, of: HookNamed, patience: Patience) => ({
  [Symbol.asyncDispose]: () => closed(of("close"), () => service[Symbol.asyncDispose](), patience),
});

const guards: Guards = {
  strategy: {
    methods: [],
    guard: (strategy, of, patience) => (next) => {
      const solve = called(of("create"), () => strategy(next));
      if (typeof solve !== "function") throw pluginIncomplete(of("create"), ["a function that solves a proposal"]);
      return (proposal, work) =>
        awaited(of("solve"), async () => solve(proposal, work), work.signal, patience, answers.candidate);
    },
  },
  search: {
    methods: ["ask", "tell"],
    guard: (search, of) => ({
      ask: (...given) => called(of("ask"), () => search.ask(...given), ask),
      tell: (outcome) => called(of("tell"), () => search.tell(outcome)),
    }),
  },
  evaluator: {
    methods: ["evaluate"],
    guard: (evaluator, of, patience) => ({
      evaluate: (subject, before, lab) => {
        const judge = async () => {
          using watch = new IdleWatch(patience.idle, () => pluginSilent(of("evaluate"), patience.idle, "idle"));
          return await Promise.race([evaluator.evaluate(subject, before, watched(lab, watch)), watch.tooLong]);
        };
        return awaited(of("evaluate"), judge, lab.signal, patience, answers.evaluation);
      },
    }),
  },
  backend: {
    methods: ["capabilities", "generate", Symbol.asyncDispose],
    guard: (backend, of, patience) => ({
      get model() {
        return backend.model;
      },
      capabilities: (signal) =>
        awaited(of("capabilities"), async () => backend.capabilities(signal), signal, patience, answers.capabilities),
      generate: (request, call) =>
        awaited(of("generate"), async () => backend.generate(request, call), call.signal, patience, answers.generation),
      ...countingOf(backend, of, patience),
      ...closing(backend, of, patience),
    }),
  },
  executor: {
    methods: ["environment", "execute", "start", "read", Symbol.asyncDispose],
    guard: (executor, of, patience) => ({
      environment: (signal) =>
        awaited(of("environment"), async () => executor.environment(signal), signal, patience, answers.environment),
      execute: (script, call) =>
        awaited(of("execute"), async () => executor.execute(script, call), call.signal, patience, answers.execution),
      start: (program, call) => awaited(of("start"), async () => executor.start(program, call), call.signal, patience),
      read: (...given) => awaited(of("read"), async () => executor.read(...given), undefined, patience, answers.bytes),
      ...closing(executor, of, patience),
    }),
  },
  launcher: {
    methods: ["launch", Symbol.asyncDispose],
    guard: (launcher, of, patience) => ({
      ...("processesHere" in launcher ? { processesHere: launcher.processesHere } : {}),
      launch: (launch, signal) => awaited(of("launch"), async () => launcher.launch(launch, signal), signal, patience),
      ...closing(launcher, of, patience),
    }),
  },
  "task-suite": {
    methods: ["prepare"],
    guard: (suite, of, patience) => ({
      get tasks() {
        return suite.tasks;
      },
      prepare: (names, folder, signal) =>
        awaited(of("prepare"), async () => suite.prepare(names, folder, signal), signal, patience),
    }),
  },
};

/** The lab of an evaluator, whose calls are signs of life. */
const watched = (lab: Lab, watch: IdleWatch): Lab => ({
  task: lab.task,
  random: lab.random,
  signal: lab.signal,
  prompt: (...given) => lab.prompt(...given),
  generate: (...given) => watch.during(() => lab.generate(...given)),
  execute: (...given) => watch.during(() => lab.execute(...given)),
  read: (...given) => watch.during(() => lab.read(...given)),
});

const countingOf = (backend: Backend, of: HookNamed, patience: Patience): Pick<Backend, "countTokens"> => {
  const { countTokens } = backend;
  if (countTokens === undefined) return {};
  return {
    countTokens: (request) =>
      awaited(of("countTokens"), async () => countTokens.call(backend, request), undefined, patience, answers.tokens),
  };
};

/** What a plugin's `create` made, whose hooks throw errors that name them, check their answers and do not keep a stopped run waiting. */
export const guardedService = <K extends Kind>(kind: K, made: unknown, of: HookNamed, patience: Patience): Kinds[K] => {
  const { guard } = guards[kind];
  if (isService(kind, made)) return guard(made, of, patience);
  throw pluginIncomplete(of("create"), missingOf(kind, made));
};

const isService = <K extends Kind>(kind: K, made: unknown): made is Kinds[K] => missingOf(kind, made).length === 0;

const missingOf = (kind: Kind, made: unknown): readonly string[] => {
  const { methods } = guards[kind];
  if (methods.length === 0) return typeof made === "function" ? [] : ["a function"];
  return methods.flatMap((method) =>
    typeof made === "object" && made !== null && typeof Reflect.get(made, method) === "function"
      ? []
      : [typeof method === "symbol" ? "[Symbol.asyncDispose]" : String(method)],
  );
};
