import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import {
  createCoder,
  digest,
  EventLog,
  historyOf,
  monotonicClock,
  runEngine,
  type Carried,
  type Observer,
  type Ran,
} from "@aide-ts/core";
import {
  AideError,
  type Capabilities,
  type Capability,
  type Environment,
  type Host,
  type Json,
  type Task,
} from "@aide-ts/plugin";
import { cacheFolder } from "../cache-folder.ts";
import { version } from "../version.ts";
import { loadPlugins, RunServices, type Plugins } from "./compose.ts";
import { finishRun, writeDerived, type Refit } from "./finish.ts";
import { lockRun, type RunFolders } from "./folders.ts";
import { askMetric } from "./ask-metric.ts";
import { preparePrompts, promptSources, type Prompts } from "./prepare-prompts.ts";
import { inputFolderIn, prepareTask, type PreparedTask } from "./prepare-task.ts";
import { fromRun, isBegun, writeRecord } from "./record.ts";

export interface RunRequest {
  readonly config: Carried["config"];
  readonly goal: string;
  readonly evaluation: string;
  /** The metric that was found when the run was begun. */
  readonly found?: { readonly metric: string; readonly because: string } | undefined;
  /** Where plugins are resolved from: the config file. */
  readonly source: string;
  readonly dataFolder: string;
  readonly folders: RunFolders;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  readonly observe: Observer;
  readonly say: (line: string) => void;
  /** The config as it is kept for a resume. */
  readonly kept: Readonly<Record<string, unknown>>;
  /** When the run first began, in milliseconds since 1970. */
  readonly startedAt: number;
}

export interface TaskRun {
  readonly ran: Ran;
  readonly refit: Refit;
  readonly task: Task;
}

/** Prepares a task, runs or resumes its search, and writes what people open. */
export const runTask = async (request: RunRequest): Promise<TaskRun> => {
  const { config, folders, signal } = request;
  await using _lock = await lockRun(folders.logs);
  const plugins = await loadPlugins(config, request.source);
  const host = hostOf(request);
  const sources = await promptSources(config.prompts, plugins.prompts);
  const scripts = join(folders.workspace, "executions");
  await using services = new RunServices(plugins, host, {
    dataFolder: inputFolderIn(folders.workspace),
    workspaceFolder: scripts,
  });
  const ask = askMetric(() => services.backend("review"), sources["evaluation/metric"] ?? "", config.seed, signal);
  const prepared = await prepareTask(config, request, request.dataFolder, folders.workspace, ask);
  request.say(describeTask(prepared));
  await mkdir(scripts, { recursive: true });
  const environment = await services.executor.environment(signal);
  const prompts = await preparePrompts(config, sources, prepared, request, environment);
  const capabilities = await services.capabilities([...plugins.backends.keys()], signal);
  const setup = await recordRun(request, prepared, prompts, services, capabilities, environment);
  const { log, events } = EventLog.open(join(folders.logs, "events.jsonl"));
  try {
    const past = historyOf(events);
    if (past.setup !== undefined && past.setup !== setup) throw changed(folders.logs);
    log.append({ type: "run-opened", at: past.elapsed, setup, details: { version: version() } });
    const ran = await runEngine({
      task: prepared.resolved.task,
      seed: config.seed,
      slots: config.slots,
      schedule: config.schedule,
      limits: {
        steps: config.budget.steps,
        tokens: config.budget.tokens,
        executions: config.budget.executions,
        seconds: config.budget.time,
      },
      strategies: plugins.strategies.map(({ name, create }) => ({ name, strategy: create() })),
      coder: createCoder({
        skeleton: prompts.skeleton,
        directions: config.coder.directions ? prompts.directions : [],
        canContinue: has(capabilities, "continuation"),
        opens: (role) =>
          config.coder.opening && has(capabilities, "continuation")(role) && !has(capabilities, "thoughtBudget")(role),
      }),
      search: plugins.search.create(),
      backend: (role) => services.backend(role),
      generationDefaults: () => config.sampling,
      has: (role, capability) => has(capabilities, capability)(role),
      executor: services.executor,
      priceOf: () => undefined,
      hints: () => [],
      offline: false,
      evaluators: plugins.evaluators.map(({ create }) => create(evaluatorHost(host, prepared))),
      prompt: (template, slots) => prompts.book.messages(template, slots),
      log,
      past,
      clock: monotonicClock,
      observe: request.observe,
      signal,
      retries: config.retries,
      sleep: (milliseconds, abort) => sleep(milliseconds, undefined, { signal: abort }).then(() => undefined),
    });
    if (ran.ending.reason === "failure" || ran.ending.reason === "divergence") {
      // Why the run ended counts more than that its files could not be written, which may have the same cause.
      await writeDerived(folders.name, folders.logs, ran.journal, request.startedAt / 1000).catch(() => undefined);
      throw ran.ending.error;
    }
    const refit = await finish(request, plugins, host, prepared, services, ran);
    if (ran.ending.reason !== "user") log.append({ type: "run-closed", at: ran.elapsed, reason: ran.ending.message });
    return { ran, refit, task: prepared.resolved.task };
  } finally {
    log[Symbol.dispose]();
  }
};

const finish = async (
  { config, folders, startedAt, signal, say }: RunRequest,
  plugins: Plugins,
  host: Host,
  prepared: PreparedTask,
  services: RunServices,
  ran: Ran,
): Promise<Refit> => {
  const refits = config.refit && ran.ending.reason !== "user" && prepared.data?.finalSubmission !== undefined;
  if (refits && ran.journal.best !== undefined) say("final    the best script runs once more, on all labelled rows");
  const workspaceFolder = join(folders.workspace, "final");
  await mkdir(workspaceFolder, { recursive: true });
  const finalExecutor = refits
    ? plugins.executor.create({ ...host, dataFolder: prepared.wholeFolder, workspaceFolder })
    : undefined;
  await using _closing = { [Symbol.asyncDispose]: async () => finalExecutor?.[Symbol.asyncDispose]() };
  return await finishRun({
    name: folders.name,
    logs: folders.logs,
    ran,
    startedAt: startedAt / 1000,
    executor: services.executor,
    finalExecutor,
    finalSubmission: prepared.data?.finalSubmission,
    signal: ran.ending.reason === "user" ? new AbortController().signal : signal,
  });
};

const hostOf = ({ env, folders, say }: RunRequest): Host => ({
  cacheFolder: cacheFolder(env),
  runFolder: folders.logs,
  env: (name) => env[name],
  log: say,
});

const evaluatorHost = (host: Host, { resolved, data }: PreparedTask) => ({
  ...host,
  task: resolved.task,
  ...(data === undefined ? {} : { submission: data.submission }),
  ...(data?.heldOut === undefined ? {} : { heldOut: data.heldOut }),
});

const has =
  (capabilities: ReadonlyMap<string, Capabilities>, capability: Capability) =>
  (role: string): boolean =>
    (capabilities.get(role) ?? capabilities.get("code"))?.has.includes(capability) ?? false;

const describeTask = ({ resolved: { task, because }, roles, data }: PreparedTask): string => {
  const lines = [
    `metric   ${task.metric}, ${task.direction === "minimize" ? "lower" : "higher"} is better (${because})`,
  ];
  if (roles !== undefined) {
    lines.push(
      `target   ${roles.targets.join(", ")} (${roles.because})${roles.id === undefined ? "" : `, id ${roles.id}`}`,
    );
    lines.push(
      `data     ${data?.labelled ?? roles.train.table.rows} labelled rows, ${data?.heldOut?.truth.size ?? 0} of them held back for the search score`,
    );
  }
  return lines.join("\n");
};

/** Writes `run.json` and gives the hash of all that must stay the same for a resume. */
const recordRun = async (
  request: RunRequest,
  prepared: PreparedTask,
  prompts: Prompts,
  services: RunServices,
  capabilities: ReadonlyMap<string, Capabilities>,
  { cpus, memoryBytes, gpus, ...environment }: Environment,
): Promise<string> => {
  const { config, folders } = request;
  const { task } = prepared.resolved;
  const models: Json = Object.fromEntries(
    [...capabilities].map(([role, { details, contextTokens, has }]) => [
      role,
      { model: services.backend(role).model, contextTokens, has, details },
    ]),
  );
  const { budget, log_dir: _logs, workspace_dir: _workspaces, data_dir: _data, ...settings } = config;
  const python: Json = {
    python: environment.python,
    packages: Object.fromEntries(environment.packages.map(({ name, version: v }) => [name, v])),
  };
  const setup = digest(plain({ settings, task, models, python, prompts: prompts.book.hashes, brief: prompts.brief }));
  if (!(await isBegun(folders.logs))) {
    await writeRecord(folders.logs, {
      version: version(),
      started: new Date(request.startedAt).toISOString(),
      config: request.kept,
      source: fromRun(folders.logs, request.source),
      data: fromRun(folders.logs, request.dataFolder),
      workspace: fromRun(folders.logs, folders.workspace),
      seed: config.seed,
      settings: plain({ ...settings, budget }),
      task: { ...task, evaluation: request.evaluation, because: prepared.resolved.because },
      models,
      environment: python,
      hardware: { cpus, memoryBytes, gpus },
      node: process.versions.node,
      prompts: prompts.book.hashes,
      brief: prompts.brief,
      setup,
    });
  }
  return setup;
};

/** As JSON holds it: without keys that have no value. */
const plain = (value: unknown): Json => JSON.parse(JSON.stringify(value));

const changed = (logs: string): AideError =>
  new AideError({
    code: "AIDE_RUN_CHANGED",
    message:
      "The run was begun with another setup: its prompts, model, packages or settings differ from what is here now.",
    fix: "Start a new run, or restore what run.json names.",
    fault: "user",
    facts: { run: logs },
  });
