import {
  builtinNames,
  checkOptions,
  loadPlugin,
  type AskedBy,
  type Builtins,
  type ConfigSource,
  type Layer,
  type Use,
} from "@aide-ts/core";
import type { Search } from "@aide-ts/plugin";
import { checkShapes, resolveConfig, withoutTask, type RawConfig } from "@aide-ts/run";
import type { RunHost } from "@aide-ts/run/host";
import { strategyAsksModel } from "../errors.ts";
import type { ReplaySettings } from "../replay/replay.ts";

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
 * Checks every key as `aide run` does, and gives what a replay needs of them.
 * @throws AIDE_CONFIG_INVALID, AIDE_POOL_MODEL, and what loading plugins throws
 */
export const readReplayConfig = async (raw: RawConfig, host: RunHost): Promise<ReplayConfig> => {
  const { values, overrides, source } = raw;
  const { builtins } = host;
  const { config } = await resolveConfig(raw, host, defaults);
  const named = "search" in values || "agent" in values;
  const searches: ReplayConfig["searches"][number][] = [];
  for (const use of named ? [config.search] : firstParty(builtins))
    searches.push(await searchOf(use, source, builtins));
  const strategies = [];
  for (const [at, use] of config.strategies.entries())
    strategies.push(await strategyOf(use, { source, key: `strategies.${at}` }, builtins));
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

const firstParty = (builtins: Builtins): readonly Use[] =>
  builtinNames("search", builtins).map((use) => ({ use, options: {} }));

const searchOf = async ({ use, options }: Use, source: ConfigSource, builtins: Builtins) => {
  const asked = { source, key: "search" };
  const plugin = await loadPlugin("search", use, asked, builtins);
  const checked = await checkOptions<unknown>(plugin, options, asked);
  return { name: plugin.name, create: () => plugin.create(checked, undefined) };
};

const strategyOf = async ({ use, options }: Use, asked: AskedBy, builtins: Builtins) => {
  const plugin = await loadPlugin("strategy", use, asked, builtins);
  const checked = await checkOptions<unknown>(plugin, options, asked);
  const shape = plugin.shape?.(checked);
  if ((shape?.generations[1] ?? 0) > 0) throw strategyAsksModel(plugin.name, asked.key);
  return { name: plugin.name, shape, create: () => plugin.create(checked, undefined) };
};
