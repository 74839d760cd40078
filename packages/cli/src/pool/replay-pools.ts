import { readFile } from "node:fs/promises";
import { basename, resolve } from "node:path";
import {
  frozen,
  landscapes,
  parsePool,
  pointsOf,
  renderReplays,
  study,
  type Landscape,
  type ReplayTable,
} from "@aide-ts/pool";
import { isConfigFile, type Shell } from "../shell.ts";
import { splitOverrides } from "../terminal/config-arguments.ts";
import { readReplayConfig, type ReplayConfig } from "./read-replay-config.ts";
import { countInvalid, noPool, poolNotFound } from "../errors.ts";

interface Wanted {
  readonly steps: number;
  readonly seeds: number;
}

interface ReplayFlags {
  readonly steps: string | undefined;
  readonly seeds: string | undefined;
  readonly json: boolean | undefined;
}

/** `aide pool replay`: simple regret of searches, and of selectors in them. */
export const replayPools = async (
  shell: Shell,
  { steps, seeds, json = false }: ReplayFlags,
  ...args: readonly string[]
): Promise<number> => {
  const { words, overrides } = splitOverrides(args);
  // A pool is JSON, and so a config is not, here.
  const files = words.filter((word) => isConfigFile(word) && !word.endsWith(".json"));
  const named = words.filter((word) => !files.includes(word));
  if (named.length === 0) throw noPool(names);
  const wanted = { steps: count("steps", steps, 32), seeds: count("seeds", seeds, 100) };
  const config = await readReplayConfig([...files, ...overrides], shell);
  for (const warning of config.warnings) shell.err(`note     ${warning}`);
  const pools = await Promise.all(named.map((name) => landscapeOf(name, shell.cwd)));
  const tables: ReplayTable[] = [];
  for (const landscape of pools) {
    const table = await tableOf(landscape, config, wanted, shell.signal);
    tables.push(table);
    if (!json) for (const line of renderReplays(table)) shell.out(line);
  }
  if (json) shell.out(JSON.stringify({ ...wanted, seed: config.seed, landscapes: tables }, null, 2));
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

const count = (flag: string, given: string | undefined, standard: number): number => {
  if (given === undefined) return standard;
  const number = /^\d{1,6}$/.test(given) ? Number(given) : 0;
  if (number > 0) return number;
  throw countInvalid(given, flag, standard);
};

const names = landscapes.map(({ name }) => name);
