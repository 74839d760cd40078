import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkOptions, coderPrompts, folderOfSource, loadPlugin } from "@aide-ts/core";
import type { Executor, ExecutorHost } from "@aide-ts/plugin";
import { readyService } from "../compose/ready-service.ts";
import type { ReadyService } from "../compose/ready.ts";
import type { RawConfig } from "../config/raw-config.ts";
import { resolveConfig } from "../config/resolve-config.ts";
import { readTaskStatement } from "../config/task-statement.ts";
import { pluginHost, type RunHost } from "../host/run-host.ts";
import { findDataFolder } from "./data-folder.ts";
import { dataFoldersIn } from "./data-folders.ts";
import { finalExecutorFor } from "./final-executor.ts";
import { openOwnMetric } from "./own-metric-file.ts";
import { prepareTask } from "./prepare-task.ts";
import type { PreparedTask } from "./prepared-task.ts";
import { rehearse, type Rehearsed } from "./rehearse.ts";
import { unpackedFolder } from "./unpacked-folder.ts";
import { skeletonOf } from "./task-skeleton.ts";

/** A task as a run would find it, in a temporary workspace and without a model. */
export interface ReadyTask extends AsyncDisposable {
  readonly prepared: PreparedTask;
  /** Runs a constant prediction through search and final run. @throws AIDE_REHEARSAL_FAILED */
  rehearse(): Promise<Rehearsed>;
}

export interface ReadyTaskOptions {
  readonly signal: AbortSignal;
  readonly log: (line: string) => void;
  /** Has the executor bring what a new machine lacks. */
  readonly makeReady: (executor: ReadyService<ExecutorHost, Executor>) => Promise<void>;
}

/**
 * Prepares the task of a config as a run does. What a run would refuse is refused here too.
 * @throws what resolving a config, loading its executor and preparing its task throw
 */
export const readyTask = async (
  given: RawConfig,
  host: RunHost,
  { signal, log, makeReady }: ReadyTaskOptions,
): Promise<ReadyTask> => {
  const { config, raw } = await resolveConfig(given, host);
  const dataFolder = await findDataFolder(config.data_dir, host);
  const goal = config.goal ?? config.desc_file ?? config.desc_str ?? "";
  const { statement } = await readTaskStatement({ ...config, goal }, host);
  const asked = { source: raw.source, key: "executor" };
  const plugin = await loadPlugin("executor", config.executor.use, asked, host.builtins);
  const ready = readyService(
    config.executor,
    plugin,
    await checkOptions<unknown>(plugin, config.executor.options, asked),
  );
  await makeReady(ready);
  const workspace = await mkdtemp(join(tmpdir(), "aide-task-"));
  const open = new AsyncDisposableStack();
  try {
    open.defer(() => rm(workspace, { recursive: true, force: true }));
    const own = pluginHost(host, workspace, log);
    const executor = open.use(
      ready.create({
        ...own,
        ...dataFoldersIn(workspace),
        workspaceFolder: join(workspace, "executions"),
        slots: 1,
      }),
    );
    const metric = open.use(await openOwnMetric(config.metric, folderOfSource(raw.source), executor, signal));
    const unpacked = open.use(await unpackedFolder());
    const prepared = await prepareTask(
      config,
      statement,
      { dataFolder, unpacked, workspace, executor, signal },
      () => Promise.resolve(undefined),
      metric,
    );
    const held = open.move();
    return {
      prepared,
      async rehearse() {
        const folders = { name: "rehearsal", logs: workspace, workspace };
        const request = { config, plugins: { executor: ready }, folders, signal };
        await using final = await finalExecutorFor(request, own, prepared, { executor });
        const skeleton = skeletonOf(coderPrompts(), config, prepared);
        return await rehearse({ prepared, skeleton, executor, finalExecutor: final.executor, signal });
      },
      [Symbol.asyncDispose]: () => held.disposeAsync(),
    };
  } finally {
    await open.disposeAsync();
  }
};
