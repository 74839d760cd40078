import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { folderOfSource, monotonicClock, runEngine, sleep, type Ran } from "@aide-ts/core";
import { ensembleOf } from "@aide-ts/evaluation";
import type { Backend, Host, Solution, Task } from "@aide-ts/plugin";
import { checkNeeds } from "../compose/check-chain.ts";
import { pluginHost } from "../host/run-host.ts";
import { RunServices } from "../compose/services.ts";
import { fingerprintOf } from "../record/fingerprint-of.ts";
import { lockRun } from "../record/folders.ts";
import { readHints } from "../record/hints.ts";
import { promptOverridesOf } from "../record/record.ts";
import { describeTask } from "../report/task.ts";
import { askMetric } from "../task/ask-metric.ts";
import { dataFoldersIn } from "../task/data-folders.ts";
import { evaluatorHost } from "../task/evaluator-host.ts";
import { finalExecutorFor } from "../task/final-executor.ts";
import { openOwnMetric } from "../task/own-metric-file.ts";
import { preparePrompts, promptSources } from "../task/prepare-prompts.ts";
import { prepareTask } from "../task/prepare-task.ts";
import type { PreparedTask } from "../task/prepared-task.ts";
import { unpackedFolder } from "../task/unpacked-folder.ts";
import { rehearsedSkeleton } from "../task/rehearsed-skeleton.ts";
import { afreshOf } from "./afresh.ts";
import { controlOf, type Control } from "./control.ts";
import { deterministicInputs } from "./deterministic-inputs.ts";
import { finishRun, writeDerived, type FinishOptions, type Refit } from "./finish.ts";
import { openPast } from "./open-past.ts";
import type { RunRequest } from "./request.ts";

export interface TaskRun {
  readonly ran: Ran;
  readonly refit: Refit;
  readonly task: Task;
  /** Undefined where no estimator was run as it is. */
  readonly control: Control | undefined;
}

/**
 * Prepares a task, runs its search or continues the one that its folder holds, and writes what people open.
 * @throws what preparing a task, its plugins and its log throw; AIDE_RUN_LOCKED, AIDE_RUN_CHANGED, AIDE_CAPABILITY_MISSING, AIDE_REHEARSAL_FAILED
 */
export const runTask = async (request: RunRequest): Promise<TaskRun> => {
  const { config, plugins, statement, folders, signal, notify, initialScript } = request;
  await using _lock = await lockRun(folders.logs);
  const host = pluginHost(request.host, folders.logs, notify);
  const sources = await promptSources(config.prompts, plugins.prompts);
  const scripts = join(folders.workspace, "executions");
  await using services = new RunServices(plugins, host, {
    ...dataFoldersIn(folders.workspace),
    workspaceFolder: scripts,
    slots: config.slots,
    turns: request.turns,
    sharedFolder: request.sharedFolder,
    lifetime: request.lifetime,
  });
  const roles = [...plugins.backends.keys()];
  const modelOf = (role: string): string => services.backend(role).model;
  // The model is loaded while the data are read and the skeleton is rehearsed. What is wrong with the data is reported first.
  const loading = services.capabilities(roles, signal);
  loading.catch(() => undefined);
  const ask = askMetric(() => services.backend("review"), sources["evaluation/metric"] ?? "", config, signal);
  await using unpacked = await unpackedFolder();
  const place = {
    dataFolder: request.dataFolder,
    unpacked,
    workspace: folders.workspace,
    noData: [folders.logs, folders.workspace].flatMap((folder) => [folder, dirname(folder)]),
    executor: services.executor,
    signal,
  };
  await using own = await openOwnMetric(config.metric, folderOfSource(request.raw.source), services.executor, signal);
  const prepared = await prepareTask(config, { ...statement, found: request.foundMetric }, place, ask, own);
  for (const line of describeTask(prepared)) notify(line);
  await mkdir(scripts, { recursive: true });
  const environment = await services.executor.environment(signal);
  const filledIn = preparePrompts(config, sources, prepared, statement, environment);
  const modelFailed = new AbortController();
  const rehearsing = { ...request, signal: AbortSignal.any([signal, modelFailed.signal]) };
  const rehearsed = rehearsedSkeleton(rehearsing, host, prepared, services, sources);
  const [capabilities, skeleton] = await Promise.all([loading, rehearsed]).catch(async (error: unknown) => {
    // Its scripts write into folders that are taken away where the run does not begin.
    modelFailed.abort(error);
    await rehearsed.catch(() => undefined);
    throw error;
  });
  const prompts = { ...filledIn, skeleton: config.coder.skeleton ? skeleton : "" };
  checkNeeds(plugins.strategies, capabilities);
  for (const line of otherModels(roles, modelOf)) notify(line);
  const { task } = prepared.resolved;
  const inputs = () => deterministicInputs({ config, plugins, task, prompts, capabilities, modelOf, initialScript });
  const fingerprint = fingerprintOf(request, prepared, prompts, capabilities, modelOf, environment);
  const judging = evaluatorHost(host, prepared, own);
  const { log, history } = await openPast(request, fingerprint, environment, inputs);
  try {
    const ran = await runEngine({
      ...inputs(),
      backend: backendsOf(services, request.throughBackend),
      promptOverrides: promptOverridesOf(request.fork),
      executor: services.executor,
      evaluators: plugins.evaluators.map(({ create }) => create(judging)),
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
    const blends = async (solutions: readonly Solution[]) => ensembleOf(solutions, judging, environment);
    const last = {
      ensemble: config.ensemble === "off" ? undefined : blends,
      // Who stopped the run waits for no more scripts.
      afresh: ran.ending.reason === "user" ? undefined : afreshOf(judging, prepared, services, request),
    };
    const refit = await finish(request, host, prepared, services, ran, last);
    if (ran.ending.reason !== "user") log.append({ type: "run-closed", at: ran.elapsed, reason: ran.ending.message });
    const control = await controlOf(ran.journal.solutions, prompts, judging, environment);
    return { ran, refit, task, control };
  } finally {
    log[Symbol.dispose]();
  }
};

/** A role's backend, made once. */
const backendsOf = (
  services: RunServices,
  through: RunRequest["throughBackend"] = (backend) => backend,
): ((role: string) => Backend) => {
  const made = new Map<string, Backend>();
  return (role) => {
    const backend = made.get(role) ?? through(services.backend(role), role);
    made.set(role, backend);
    return backend;
  };
};

const finish = async (
  request: RunRequest,
  host: Host,
  prepared: PreparedTask,
  services: RunServices,
  ran: Ran,
  last: Pick<FinishOptions, "ensemble" | "afresh">,
): Promise<Refit> => {
  const { config, plugins, folders, startedAt, signal, notify } = request;
  const refits = config.refit && ran.ending.reason !== "user" && prepared.data?.finalSubmission !== undefined;
  if (refits && ran.journal.best !== undefined) notify("final    the best script runs once more, on all labelled rows");
  await using final = refits
    ? await finalExecutorFor(request, host, prepared, services)
    : { executor: undefined, [Symbol.asyncDispose]: () => Promise.resolve() };
  return await finishRun({
    name: folders.name,
    logs: folders.logs,
    ran,
    startedAt: startedAt / 1000,
    executor: services.executor,
    finalExecutor: final.executor,
    finalSubmission: prepared.data?.finalSubmission,
    ...last,
    mask: request.host.secrets.mask,
    models: new Map([...plugins.backends.keys()].map((role) => [role, services.backend(role).model])),
    origin: request.origin,
    signal: ran.ending.reason === "user" ? new AbortController().signal : signal,
  });
};

/** A judge that is another model than the coder is named: its verdicts are not the coder's own. */
const otherModels = (roles: readonly string[], modelOf: (role: string) => string): readonly string[] =>
  roles.flatMap((role) =>
    modelOf(role) === modelOf("code")
      ? []
      : [`model    ${modelOf(role)} answers as ${role}, ${modelOf("code")} writes the code`],
  );
