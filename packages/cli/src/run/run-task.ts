import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { monotonicClock, runEngine, type Carried, type Observer, type Ran } from "@aide-ts/core";
import type { EvaluatorHost, Host, Task } from "@aide-ts/plugin";
import { cacheFolder } from "../cache-folder.ts";
import { describeTask } from "../render/task.ts";
import { askMetric } from "./ask-metric.ts";
import { checkNeeds } from "./check-chain.ts";
import { loadPlugins, RunServices, type Plugins } from "./compose.ts";
import { decisions } from "./decisions.ts";
import { finalExecutorFor } from "./final-executor.ts";
import { finishRun, writeDerived, type Refit } from "./finish.ts";
import { lockRun, type RunFolders } from "./folders.ts";
import { readHints } from "./hints.ts";
import { openPast } from "./open-past.ts";
import { openOwnMetric, type OwnMetricFile } from "./own-metric-file.ts";
import { preparePrompts, promptSources } from "./prepare-prompts.ts";
import { inputFolderIn, prepareTask, type PreparedTask } from "./prepare-task.ts";
import { replacedBy, type Fork } from "./record.ts";
import { rehearsedSkeleton } from "./rehearsed-skeleton.ts";
import { setupOf } from "./setup-of.ts";
import { sleep } from "./sleep.ts";

export interface RunRequest {
  readonly config: Carried["config"];
  readonly goal: string;
  readonly evaluation: string;
  /** A whole description, where one took the place of goal and evaluation. */
  readonly description?: string | undefined;
  /** The metric that was found when the run was begun. */
  readonly found?: { readonly metric: string; readonly because: string } | undefined;
  /** Where plugins are resolved from: the config file. */
  readonly source: string;
  readonly dataFolder: string;
  readonly folders: RunFolders;
  /** The user's own script, told as proposal 0; empty for none. */
  readonly first: string;
  readonly fork?: Fork | undefined;
  /** Under another setup, go on where all that was told stays as it is, and do what was under way anew. */
  readonly discardOpen: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Takes secrets out of what is written. */
  readonly mask: (text: string) => string;
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
  const { config, folders, signal, first } = request;
  await using _lock = await lockRun(folders.logs);
  const plugins = await loadPlugins(config, request.source);
  const host = hostOf(request);
  const sources = await promptSources(config.prompts, plugins.prompts);
  const scripts = join(folders.workspace, "executions");
  await using services = new RunServices(plugins, host, {
    dataFolder: inputFolderIn(folders.workspace),
    workspaceFolder: scripts,
    slots: config.slots,
  });
  // The model is loaded while the data are read and the skeleton is rehearsed. What is wrong with the data is told first.
  const loading = services.capabilities([...plugins.backends.keys()], signal);
  loading.catch(() => undefined);
  const ask = askMetric(() => services.backend("review"), sources["evaluation/metric"] ?? "", config, signal);
  const place = { dataFolder: request.dataFolder, workspace: folders.workspace, executor: services.executor, signal };
  await using own = await openOwnMetric(config.metric, dirname(request.source), services.executor, signal);
  const prepared = await prepareTask(config, request, place, ask, own);
  for (const line of describeTask(prepared)) request.say(line);
  await mkdir(scripts, { recursive: true });
  const environment = await services.executor.environment(signal);
  const filledIn = preparePrompts(config, sources, prepared, request, environment);
  const [capabilities, skeleton] = await Promise.all([
    loading,
    rehearsedSkeleton(request, plugins, host, prepared, services, sources["coder/skeleton"] ?? ""),
  ]);
  const prompts = { ...filledIn, skeleton: config.coder.skeleton ? skeleton : "" };
  checkNeeds(plugins.strategies, capabilities);
  for (const line of otherModels([...plugins.backends.keys()], (role) => services.backend(role).model))
    request.say(line);
  const { task } = prepared.resolved;
  const modelOf = (role: string) => services.backend(role).model;
  const decide = () => decisions({ config, plugins, task, prompts, capabilities, modelOf, first });
  const setup = setupOf(request, prepared, prompts, capabilities, modelOf, environment);
  const { log, history } = await openPast(request, setup, environment, decide);
  try {
    const ran = await runEngine({
      ...decide(),
      backend: (role) => services.backend(role),
      replaced: replacedBy(request.fork),
      executor: services.executor,
      evaluators: plugins.evaluators.map(({ create }) => create(evaluatorHost(host, prepared, own))),
      hints: readHints(folders.logs),
      log,
      past: history,
      offline: false,
      clock: monotonicClock,
      observe: request.observe,
      signal,
      sleep,
    });
    if (ran.ending.reason === "failure" || ran.ending.reason === "divergence") {
      // Why the run ended counts more than that its files could not be written, which may have the same cause.
      await writeDerived(folders.name, folders.logs, ran.journal, request.startedAt / 1000).catch(() => undefined);
      throw ran.ending.error;
    }
    const refit = await finish(request, plugins, host, prepared, services, ran);
    if (ran.ending.reason !== "user") log.append({ type: "run-closed", at: ran.elapsed, reason: ran.ending.message });
    return { ran, refit, task };
  } finally {
    log[Symbol.dispose]();
  }
};

const finish = async (
  request: RunRequest,
  plugins: Plugins,
  host: Host,
  prepared: PreparedTask,
  services: RunServices,
  ran: Ran,
): Promise<Refit> => {
  const { config, folders, startedAt, signal, say } = request;
  const refits = config.refit && ran.ending.reason !== "user" && prepared.data?.finalSubmission !== undefined;
  if (refits && ran.journal.best !== undefined) say("final    the best script runs once more, on all labelled rows");
  await using final = refits
    ? await finalExecutorFor(request, plugins, host, prepared, services)
    : { executor: undefined, [Symbol.asyncDispose]: () => Promise.resolve() };
  return await finishRun({
    name: folders.name,
    logs: folders.logs,
    ran,
    startedAt: startedAt / 1000,
    executor: services.executor,
    finalExecutor: final.executor,
    finalSubmission: prepared.data?.finalSubmission,
    models: new Map([...plugins.backends.keys()].map((role) => [role, services.backend(role).model])),
    signal: ran.ending.reason === "user" ? new AbortController().signal : signal,
  });
};

const hostOf = ({ env, folders, say }: RunRequest): Host => ({
  cacheFolder: cacheFolder(env),
  runFolder: folders.logs,
  env: (name) => env[name],
  log: say,
});

/** What evaluators are given of a task that is prepared. */
export const evaluatorHost = (host: Host, { resolved, data }: PreparedTask, own?: OwnMetricFile): EvaluatorHost => ({
  ...host,
  task: resolved.task,
  ...(data?.submission === undefined ? {} : { submission: data.submission }),
  ...(data?.heldOut === undefined ? {} : { heldOut: data.heldOut }),
  ...ownScore(data, own),
});

/** The task's own metric, where it has one and there are rows to score. */
const ownScore = (data: PreparedTask["data"], own: OwnMetricFile | undefined): Pick<EvaluatorHost, "score"> => {
  const { heldOut, submission } = data ?? {};
  return own === undefined || heldOut === undefined || submission === undefined
    ? {}
    : { score: (rows) => own.metric.score(submission, heldOut, rows) };
};

/** A judge that is another model than the coder is told of: its verdicts are not the coder's own. */
const otherModels = (roles: readonly string[], modelOf: (role: string) => string): readonly string[] =>
  roles.flatMap((role) =>
    modelOf(role) === modelOf("code")
      ? []
      : [`model    ${modelOf(role)} answers as ${role}, ${modelOf("code")} writes the code`],
  );
