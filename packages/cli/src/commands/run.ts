import { resolve } from "node:path";
import type { Shell } from "../command-line.ts";
import { loadPlugins } from "../run/compose.ts";
import { findDataFolder } from "../run/data-folder.ts";
import { createRunFolders, discardUnbegun } from "../run/folders.ts";
import { followRun } from "../run/follow-run.ts";
import { readConfig } from "../run/read-config.ts";
import { ensureReady } from "../setup/ensure-ready.ts";

/** `aide run [config.yaml] [key=value …]`: everything that can be wrong is told before anything is made. */
export const run = async (args: readonly string[], shell: Shell): Promise<number> => {
  const { config, source, goal, evaluation, warnings } = await readConfig(args, shell.cwd);
  for (const warning of warnings) shell.err(`note     ${warning}`);
  await loadPlugins(config, source);
  const dataFolder = await findDataFolder(config.data_dir, shell.cwd);
  const folders = await createRunFolders(
    resolve(shell.cwd, config.log_dir),
    resolve(shell.cwd, config.workspace_dir),
    config.exp_name,
  );
  try {
    await ensureReady(config, shell);
    shell.out(`run      ${folders.name}`);
    return await followRun(
      { config, goal, evaluation, source, dataFolder, folders, kept: { args }, startedAt: Date.now() },
      shell,
    );
  } finally {
    await discardUnbegun(folders);
  }
};
