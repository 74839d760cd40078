import { fileURLToPath } from "node:url";
import {
  translateAideKeys,
  checkConfig,
  coderPrompts,
  createCoder,
  PromptBook,
  shortDigest,
  type EngineSetup,
  type Event,
  type RunConfig,
} from "@aide-ts/core";
import type { Capability, GenerateRequest, Script } from "@aide-ts/plugin";
import { eventsIn, plausibleAnswer, play, type FakeRun, type Played, type Reply, type Staged } from "@aide-ts/testing";
import { findPlugins, readRawConfig, resolveConfig, type Plugins } from "@aide-ts/run";
import { Secrets } from "@aide-ts/run/host";
import { builtins } from "../../packages/builtins/src/plugins.ts";
import { runHost } from "../../packages/cli/src/run-host.ts";

export const strategyConfigs = fileURLToPath(new URL("../../configs/strategies/", import.meta.url));

/** The plugins of a config file, and the config. */
export const fromFile = async (file: string): Promise<{ readonly config: RunConfig; readonly plugins: Plugins }> => {
  const host = runHost({ cwd: strategyConfigs, secrets: new Secrets(), env: {} });
  const raw = await readRawConfig({ path: file }, {}, host);
  const { config } = await resolveConfig(raw, host);
  return { config, plugins: await findPlugins(config, raw.source, builtins) };
};

interface Used {
  readonly use: string;
  readonly options: Readonly<Record<string, unknown>>;
}

const flat = ({ use, options }: Used) => ({ use, ...options });

const { shorthands } = runHost({ cwd: strategyConfigs, secrets: new Secrets(), env: {} });

/** Plugins composed by what a config would say of them. */
export const composed = async (strategies: readonly Used[], search: Used): Promise<Plugins> => {
  const config = { data_dir: "data", goal: "Predict y", strategies: strategies.map(flat), search: flat(search) };
  const checked = checkConfig(config, "test");
  return findPlugins(
    (await translateAideKeys(checked, shorthands)).config,
    { kind: "command line", folder: strategyConfigs },
    builtins,
  );
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

export interface ComposedRun extends Played {
  readonly events: readonly Event[];
  readonly asked: number;
  readonly executed: number;
}

/** Runs what was composed on a scripted model and a fake executor, under the plugins' own names. */
export const runComposed = async (
  { strategies, search, prompts }: Pick<Plugins, "strategies" | "search" | "prompts">,
  limits: EngineSetup["limits"],
  more: Pick<Staged, "file" | "slots"> = {},
): Promise<ComposedRun> => {
  const book = new PromptBook({ ...coderPrompts(), ...prompts }, "# Task\nPredict y.");
  const played = await play({
    strategies: strategies.map(({ create }) => create()),
    names: strategies.map(({ name }) => name),
    search: search.create,
    reply: answer,
    run: execution,
    limits,
    coder: createCoder({ skeleton: "", directions: [], canContinue: () => true, opens: () => false }),
    has: (_role, capability) => has.includes(capability),
    prompt: (template, slots) => book.messages(template, slots),
    ...more,
  });
  const { file, backend, executor } = played;
  return { ...played, events: eventsIn(file), asked: backend.requests.length, executed: executor.scripts.length };
};
