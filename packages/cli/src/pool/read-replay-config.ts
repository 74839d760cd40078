import { checkOptions, loadPlugin, type AskedBy, type ConfigSource, type Layer, type Use } from "@aide-ts/core";
import type { ReplaySettings } from "@aide-ts/pool";
import type { Search } from "@aide-ts/plugin";
import { builtins } from "@aide-ts/builtins";
import type { Shell } from "../shell.ts";
import { runHost } from "../run-host.ts";
import { readConfigArguments } from "../terminal/config-arguments.ts";
import { checkShapes, resolveConfig, withoutTask } from "@aide-ts/run";
import { modelAsked } from "../errors.ts";

/** What a config says of a replay. */
export interface ReplayConfig {
  /** The one that is named, else every first-party one. */
  readonly searches: readonly { readonly name: string; readonly create: () => Search }[];
  readonly strategies: NonNullable<ReplaySettings["strategies"]>;
  readonly slots: number;
  readonly seed: number;
  readonly warnings: readonly string[];
}

/** A replay has neither task nor strategy, if a config names none. */
const defaults: Layer = { ...withoutTask, strategies: [] };

const used = new Set(["search", "strategies", "slots", "seed", "agent"]);

/**
 * Reads `key=value` and config files as `aide run` does, with the same checks of every key, and gives what a replay needs of them. No config file is
 * looked for.
 * @throws AIDE_CONFIG_INVALID, AIDE_CONFIG_NOT_FOUND, AIDE_ARGUMENT, AIDE_POOL_MODEL, and what loading plugins throws
 */
export const readReplayConfig = async (args: readonly string[], shell: Shell): Promise<ReplayConfig> => {
  const raw = await readConfigArguments(args, shell, { looksForFile: false });
  const { values, overrides, source } = raw;
  const { config } = await resolveConfig(raw, runHost(shell), defaults);
  const named = "search" in values || "agent" in values;
  const searches: ReplayConfig["searches"][number][] = [];
  for (const use of named ? [config.search] : firstParty()) searches.push(await searchOf(use, source));
  const strategies = [];
  for (const [at, use] of config.strategies.entries())
    strategies.push(await strategyOf(use, { source, key: `strategies.${at}` }));
  checkShapes(strategies);
  return {
    searches,
    strategies,
    slots: config.slots,
    seed: config.seed,
    warnings: Object.keys(overrides).flatMap((key) =>
      used.has(key) ? [] : [`${key} has no effect: a replay has neither task nor model.`],
    ),
  };
};

const firstParty = (): readonly Use[] =>
  [...builtins.keys()].flatMap((key) =>
    key.startsWith("search:") ? [{ use: key.slice("search:".length), options: {} }] : [],
  );

const searchOf = async ({ use, options }: Use, source: ConfigSource): Promise<ReplayConfig["searches"][number]> => {
  const asked = { source, key: "search" };
  const plugin = await loadPlugin("search", use, asked, builtins);
  const checked = await checkOptions<unknown>(plugin, options, asked);
  return { name: plugin.name, create: () => plugin.create(checked, undefined) };
};

const strategyOf = async ({ use, options }: Use, asked: AskedBy) => {
  const plugin = await loadPlugin("strategy", use, asked, builtins);
  const checked = await checkOptions<unknown>(plugin, options, asked);
  const shape = plugin.shape?.(checked);
  if ((shape?.generations[1] ?? 0) > 0) throw modelAsked(plugin.name, asked.key);
  return { name: plugin.name, shape, create: () => plugin.create(checked, undefined) };
};
