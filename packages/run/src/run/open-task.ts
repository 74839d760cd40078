import { checkBudget } from "../compose/check-budget.ts";
import { loadPlugins } from "../compose/plugins.ts";
import type { RawConfig } from "../config/raw-config.ts";
import { resolveConfig } from "../config/resolve-config.ts";
import { readTaskStatement, type TaskStatement } from "../config/task-statement.ts";
import type { RunHost } from "../host/run-host.ts";
import { findDataFolder } from "../task/data-folder.ts";
import type { OpenedTask } from "./request.ts";

/**
 * Resolves a config, reads what it says of the task, and loads and checks its plugins.
 * @throws what resolving a config and loading plugins throw; AIDE_NO_GOAL, AIDE_BUDGET_TOO_SMALL
 */
export const openConfig = async (
  raw: RawConfig,
  host: RunHost,
  known?: TaskStatement,
): Promise<Omit<OpenedTask, "dataFolder">> => {
  const { config, warnings, raw: resolved, origin } = await resolveConfig(raw, host);
  const read = known === undefined ? await readTaskStatement(config, host) : { statement: known, warnings: [] };
  const plugins = await loadPlugins(config, raw.source, host.builtins);
  await checkBudget(plugins.strategies, config);
  return {
    raw: resolved,
    origin,
    config,
    warnings: [...warnings, ...read.warnings],
    plugins,
    statement: read.statement,
  };
};

/**
 * Opens a config and finds its data: whatever can be wrong before something is made is reported here.
 * @param known what a run's record holds already
 * @throws what opening a config and finding data throw
 */
export const openTask = async (
  raw: RawConfig,
  host: RunHost,
  known: { readonly statement?: TaskStatement | undefined; readonly dataFolder?: string } = {},
): Promise<OpenedTask> => {
  const opened = await openConfig(raw, host, known.statement);
  return { ...opened, dataFolder: known.dataFolder ?? (await findDataFolder(opened.config.data_dir, host)) };
};
