import { resolve } from "node:path";
import type { Shell } from "../command-line.ts";
import { liveView } from "../render/live-view.ts";
import { renderEnd } from "../render/end.ts";
import { findDataFolder } from "../run/data-folder.ts";
import { createRunFolders, discardUnbegun } from "../run/folders.ts";
import { loadPlugins } from "../run/compose.ts";
import { readConfig } from "../run/read-config.ts";
import { runTask } from "../run/run-task.ts";
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
  await ensureReady(config, shell);
  shell.out(`run      ${folders.name}`);
  const view = liveView(shell, config.budget.steps);
  const ended = await runTask({
    config,
    goal,
    evaluation,
    source,
    dataFolder,
    folders,
    env: shell.env,
    signal: shell.signal,
    observe: view.observe,
    say: view.say,
    kept: { args },
    startedAt: Date.now(),
  })
    .catch(async (error: unknown) => {
      await discardUnbegun(folders);
      throw error;
    })
    .finally(() => view.close());
  shell.out(renderEnd({ ...ended, logs: folders.logs, cwd: shell.cwd, name: folders.name }));
  if (ended.ran.ending.reason === "user") return 130;
  return ended.ran.journal.best === undefined ? 1 : 0;
};
