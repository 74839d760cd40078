import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import type { Builtins, Layer, Shorthands } from "@aide-ts/core";
import type { Host, Json } from "@aide-ts/plugin";
import type { Secrets } from "./secrets.ts";

export type EnvironmentVariables = Readonly<Record<string, string>>;

/** What a run may know of the process that it runs in. */
export interface RunHost {
  /** Relative paths that a caller gives are meant from here. */
  readonly cwd: string;
  readonly env: EnvironmentVariables;
  /** What must not be written anywhere. */
  readonly secrets: Secrets;
  /** Plugins that go by short names. */
  readonly builtins: Builtins;
  /** What is meant where a config names a model or a strategy of the fork, and no plugin. */
  readonly shorthands: Shorthands;
  /** Folder of example tasks, which `data_dir=example_tasks/…` finds from anywhere. */
  readonly examples?: string | undefined;
  /** What a config's `task` or `mlebench` stands for; none where the host knows no tasks by name. */
  readonly namedTask?: ((wanted: WantedTask) => Promise<NamedTask>) | undefined;
}

/** A task that a config names, and how it is to be run. */
export interface WantedTask {
  readonly task?: string | undefined;
  readonly mlebench?: { readonly id: string; readonly root: string | undefined } | undefined;
  /** A sealed task may run under another setup than the frozen one. */
  readonly unseal: boolean;
  /** Prompts that the config replaces. */
  readonly overridden: readonly string[];
}

/** What such a name stands for: keys of a config, and what `run.json` keeps of it. */
export interface NamedTask {
  readonly values: Layer;
  readonly origin: TaskOrigin;
}

export type TaskOrigin = { readonly [key: string]: Json };

/** Models and Python environments, kept between runs and outside projects: `$XDG_CACHE_HOME/aide`, else `~/.cache/aide`. */
export const cacheFolder = (env: Readonly<Record<string, string | undefined>>): string =>
  join(env["XDG_CACHE_HOME"] || join(env["HOME"] || homedir(), ".cache"), "aide");

/** What every plugin of a run is given. */
export const pluginHost = ({ env }: Pick<RunHost, "env">, runFolder: string, log: (line: string) => void): Host => ({
  cacheFolder: cacheFolder(env),
  runFolder,
  env: (name) => env[name],
  log,
});

/** The version of aide, which all of its packages share, from its own package.json. */
export const version = (): string => {
  const manifest: unknown = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
  return typeof manifest === "object" && manifest !== null && "version" in manifest
    ? String(manifest.version)
    : "unknown";
};
