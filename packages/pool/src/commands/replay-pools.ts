import { readFile } from "node:fs/promises";
import { basename, resolve } from "node:path";
import { noPool, poolNotFound } from "../errors.ts";
import type { Landscape } from "../landscapes/landscape.ts";
import { landscapes } from "../landscapes/landscapes.ts";
import { frozen } from "../pool/frozen.ts";
import { parsePool } from "../pool/pool-file.ts";
import { pointsOf, renderReplays, type ReplayTable } from "../replay/replay-table.ts";
import { study } from "../replay/study.ts";
import type { CommandShell } from "./command-shell.ts";
import { readReplayConfig, type ReplayConfig } from "./read-replay-config.ts";

/** `key=value`, or a config file: a pool is JSON, and so a config is not, here. */
const ofConfig = /=|\.(ya?ml|[cm]?[jt]s)$/;

interface ReplayFlags {
  readonly steps: number | undefined;
  readonly seeds: number | undefined;
  readonly json: boolean | undefined;
}

interface Wanted {
  readonly steps: number;
  readonly seeds: number;
}

/** `aide pool replay`: simple regret of searches, and of selectors in them. */
export const replayPools = async (
  { host, out, err, signal, readConfig }: CommandShell,
  { steps = 32, seeds = 100, json = false }: ReplayFlags,
  ...args: readonly string[]
): Promise<number> => {
  const named = args.filter((word) => !ofConfig.test(word));
  if (named.length === 0) throw noPool(names);
  const wanted = { steps, seeds };
  const config = await readReplayConfig(await readConfig(args.filter((word) => ofConfig.test(word))), host);
  for (const warning of config.warnings) err(`note     ${warning}`);
  const pools = await Promise.all(named.map((name) => landscapeOf(name, host.cwd)));
  const tables: ReplayTable[] = [];
  for (const landscape of pools) {
    const table = await tableOf(landscape, config, wanted, signal);
    tables.push(table);
    if (!json) for (const line of renderReplays(table)) out(line);
  }
  if (json) out(JSON.stringify({ ...wanted, seed: config.seed, landscapes: tables }, null, 2));
  return 0;
};

const tableOf = async (
  landscape: Landscape,
  { searches, strategies, slots, seed }: ReplayConfig,
  { steps, seeds }: Wanted,
  signal: AbortSignal,
): Promise<ReplayTable> => {
  const rows: ReplayTable["rows"][number][] = [];
  for (const { name, create } of searches) {
    const settings = { landscape, search: create, strategies, slots, seed, seeds, signal };
    rows.push({ search: name, ...(await study({ ...settings, steps: pointsOf(steps) })) });
  }
  const { name, metric, direction, optimum, median } = landscape;
  return { name, metric, direction, optimum, median, strategies: strategies.map((one) => one.name), seeds, rows };
};

const landscapeOf = async (name: string, cwd: string): Promise<Landscape> => {
  const known = landscapes.find((landscape) => landscape.name === name);
  if (known !== undefined) return known;
  const file = resolve(cwd, name);
  const text = await readFile(file, "utf8").catch((cause: unknown) => {
    throw poolNotFound(name, names, cause);
  });
  return frozen(basename(name, ".json"), parsePool(text, file));
};

const names = landscapes.map(({ name }) => name);
