import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { checkOptions, loadPlugin } from "@aide-ts/core";
import { builtins } from "../builtins.ts";
import { cacheFolder } from "../cache-folder.ts";
import type { Shell } from "../command-line.ts";
import { inspectionOf, renderInspection } from "../render/inspection.ts";
import { findDataFolder } from "../run/data-folder.ts";
import { inputFolderIn, prepareTask } from "../run/prepare-task.ts";
import { openOwnMetric } from "../run/own-metric-file.ts";
import { readDescription } from "../run/read-config.ts";
import { readSaid, settle } from "../run/said.ts";
import { ensurePython } from "../setup/ensure-ready.ts";
import { readFlags } from "./flags.ts";

/**
 * `aide inspect <folder> [goal=… eval=… key=value …] [--json]`: what a run would find in a folder of data, without a run or a model. What it would refuse is
 * refused here too.
 */
export const inspect = async (given: readonly string[], shell: Shell): Promise<number> => {
  const { overrides, word, isSet } = readFlags(given, { switches: ["json"] });
  const said = await readSaid([...(word === undefined ? [] : [`data_dir=${word}`]), ...overrides], shell, {
    looksForFile: word === undefined,
  });
  const { config } = await settle(said, shell);
  const dataFolder = await findDataFolder(config.data_dir, shell.cwd);
  const words = await readDescription(
    { ...config, goal: config.goal ?? config.desc_file ?? config.desc_str ?? "" },
    shell.cwd,
    [],
  );
  await ensurePython(config.executor, { ...shell, out: shell.err });
  const asked = { file: said.source, key: "executor" };
  const plugin = await loadPlugin("executor", config.executor.use, asked, builtins);
  const options = await checkOptions<unknown>(plugin, config.executor.options, asked);
  const workspace = await mkdtemp(join(tmpdir(), "aide-inspect-"));
  try {
    await using executor = plugin.create(options, {
      cacheFolder: cacheFolder(shell.env),
      runFolder: workspace,
      dataFolder: inputFolderIn(workspace),
      workspaceFolder: join(workspace, "executions"),
      slots: 1,
      env: (name) => shell.env[name],
      log: shell.err,
    });
    const place = { dataFolder, workspace, executor, signal: shell.signal };
    await using own = await openOwnMetric(config.metric, dirname(said.source), executor, shell.signal);
    const prepared = await prepareTask(config, words, place, () => Promise.resolve(undefined), own);
    shell.out(isSet("json") ? JSON.stringify(inspectionOf(prepared), null, 2) : renderInspection(prepared).join("\n"));
    return 0;
  } finally {
    await rm(workspace, { recursive: true, force: true });
  }
};
