import { fileURLToPath } from "node:url";
import {
  carrySeedKeys,
  checkConfig,
  coderPrompts,
  createCoder,
  EventLog,
  historyOf,
  PromptBook,
  runEngine,
  shortDigest,
  type EngineSetup,
  type Event,
  type Ran,
} from "@aide-ts/core";
import type { Capability, GenerateRequest, Script } from "@aide-ts/plugin";
import {
  codeScoring,
  eventsIn,
  FakeExecutor,
  freshLog,
  plausibleAnswer,
  ScriptedBackend,
  type FakeRun,
  type Reply,
} from "@aide-ts/testing";
import { findPlugins, type Plugins } from "../../packages/cli/src/run/compose.ts";
import { readConfig, type ReadConfig } from "../../packages/cli/src/run/read-config.ts";
import { Secrets } from "../../packages/cli/src/secrets.ts";

export const strategyConfigs = fileURLToPath(new URL("../../configs/strategies/", import.meta.url));

/** The plugins of a config file, and the config. */
export const fromFile = async (
  file: string,
): Promise<{ readonly config: ReadConfig["config"]; readonly plugins: Plugins }> => {
  const { config, source } = await readConfig([file], { cwd: strategyConfigs, secrets: new Secrets(), env: {} });
  return { config, plugins: await findPlugins(config, source) };
};

interface Used {
  readonly use: string;
  readonly options: Readonly<Record<string, unknown>>;
}

const flat = ({ use, options }: Used) => ({ use, ...options });

/** Plugins composed by what a config would say of them. */
export const composed = (strategies: readonly Used[], search: Used): Promise<Plugins> => {
  const config = { data_dir: "data", goal: "Predict y", strategies: strategies.map(flat), search: flat(search) };
  const checked = checkConfig(config, "test");
  return findPlugins(carrySeedKeys(checked).config, `${strategyConfigs}test.yaml`);
};

const has: readonly Capability[] = ["seed", "continuation"];

const numberOf = (text: string): number => Number.parseInt(shortDigest(text).slice(0, 6), 16);

/** An answer in which critics, planners, raters and coders alike find something, and now and then nothing of the kind. */
const answer = (request: GenerateRequest, call: { readonly seed: number; readonly number: number }): Reply => {
  if (request.pauseAfterThought === true && call.seed % 3 > 0)
    return { reasoning: `hm ${call.seed % 5}`, finish: "thought-end" };
  if (call.seed % 11 === 0) return "No specific errors found requiring changes.";
  if (call.seed % 13 === 0) return "";
  return `1. [logic] line 1: x is wrong\n2. [path] lines 1-2: ${call.seed % 5}\nRating: ${call.seed % 10}\n${plausibleAnswer(request, call)}`;
};

/** Three scripts of four run, and leave a submission. */
const execution = ({ code }: Script): FakeRun => {
  const value = numberOf(code);
  return value % 4 === 0
    ? { fate: "exception", output: "ValueError: no", exception: { type: "ValueError", message: "no", frames: [] } }
    : { output: "ran", files: { "submission/submission.csv": `id,y\n1,${value % 100}\n2,${value % 7}\n` } };
};

export interface ComposedRun extends Ran {
  readonly file: string;
  readonly events: readonly Event[];
  readonly asked: number;
  readonly executed: number;
}

/** Runs what was composed on a scripted model and a fake executor, under the plugins' own names. */
export const runComposed = async (
  { strategies, search, prompts }: Pick<Plugins, "strategies" | "search" | "prompts">,
  limits: EngineSetup["limits"],
  { file = freshLog(), slots = 1 }: { readonly file?: string; readonly slots?: number } = {},
): Promise<ComposedRun> => {
  const backend = new ScriptedBackend({ reply: answer, has });
  const executor = new FakeExecutor(execution);
  const book = new PromptBook({ ...coderPrompts(), ...prompts }, "# Task\nPredict y.");
  const { log, events } = EventLog.open(file);
  const ran = await runEngine({
    task: { goal: "Predict y", metric: "rmse", direction: "minimize" },
    seed: 1,
    slots,
    schedule: "ordered",
    limits,
    priceOf: () => undefined,
    strategies: strategies.map(({ name, create }) => ({ name, strategy: create() })),
    coder: createCoder({ skeleton: "", directions: [], canContinue: () => true, opens: () => false }),
    search: search.create(),
    backend: () => backend,
    generationDefaults: () => ({ maxTokens: 256 }),
    has: (_role, capability) => has.includes(capability),
    replaced: new Map(),
    executor,
    evaluators: [codeScoring],
    prompt: (template, slots) => book.messages(template, slots),
    hints: () => [],
    offline: false,
    clock: { now: () => 0 },
    observe: () => undefined,
    signal: new AbortController().signal,
    retries: 2,
    sleep: async () => undefined,
    log,
    past: historyOf(events),
  });
  log[Symbol.dispose]();
  return { ...ran, file, events: eventsIn(file), asked: backend.requests.length, executed: executor.scripts.length };
};
