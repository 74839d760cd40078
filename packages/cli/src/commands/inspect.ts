import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkOptions, folderOfSource, loadPlugin } from "@aide-ts/core";
import {
  findDataFolder,
  dataFoldersIn,
  openOwnMetric,
  pluginHost,
  prepareTask,
  readTaskStatement,
  readyService,
  resolveConfig,
} from "@aide-ts/run";
import type { Shell } from "../shell.ts";
import { runHost } from "../run-host.ts";
import { readConfigArguments, splitOverrides } from "../terminal/config-arguments.ts";
import { inspectionOf, renderInspection } from "../terminal/inspection.ts";
import { makeReady } from "../setup/make-ready.ts";

/**
 * `aide inspect`: what a run would find in a folder of data, without a run or a model. What it would refuse is
 * refused here too.
 */
export const inspect = async (
  shell: Shell,
  { json = false }: { readonly json: boolean | undefined },
  ...args: readonly string[]
): Promise<number> => {
  const {
    words: [word],
    overrides,
  } = splitOverrides(args);
  const host = runHost(shell);
  const raw = await readConfigArguments([...(word === undefined ? [] : [`data_dir=${word}`]), ...overrides], shell, {
    looksForFile: word === undefined,
  });
  const { config } = await resolveConfig(raw, host);
  const dataFolder = await findDataFolder(config.data_dir, host);
  const goal = config.goal ?? config.desc_file ?? config.desc_str ?? "";
  const { statement } = await readTaskStatement({ ...config, goal }, host);
  const asked = { source: raw.source, key: "executor" };
  const plugin = await loadPlugin("executor", config.executor.use, asked, host.builtins);
  const options = await checkOptions<unknown>(plugin, config.executor.options, asked);
  const executor = readyService(config.executor, plugin, options);
  await makeReady({ executor }, { ...shell, out: shell.err });
  const workspace = await mkdtemp(join(tmpdir(), "aide-inspect-"));
  try {
    await using started = executor.create({
      ...pluginHost(host, workspace, shell.err),
      ...dataFoldersIn(workspace),
      workspaceFolder: join(workspace, "executions"),
      slots: 1,
    });
    const place = { dataFolder, workspace, executor: started, signal: shell.signal };
    await using own = await openOwnMetric(config.metric, folderOfSource(raw.source), started, shell.signal);
    const prepared = await prepareTask(config, statement, place, () => Promise.resolve(undefined), own);
    shell.out(json ? JSON.stringify(inspectionOf(prepared), null, 2) : renderInspection(prepared).join("\n"));
    return 0;
  } finally {
    await rm(workspace, { recursive: true, force: true });
  }
};
