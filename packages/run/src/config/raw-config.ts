import { resolve } from "node:path";
import { digest, loadConfig, merge, withPromptPaths, type ConfigSource, type Layer } from "@aide-ts/core";
import type { RunHost } from "../host/run-host.ts";
import { secretValues } from "../host/secrets.ts";

/** What a config file and a caller give, before anything of it is checked and defaults are filled in. */
export interface RawConfig {
  /** The file, and over it what the caller gives. */
  readonly values: Layer;
  /** What the caller gives. */
  readonly overrides: Layer;
  readonly file: ConfigFile | undefined;
  /** Where plugins are resolved from, and what errors call the source of a key. */
  readonly source: ConfigSource;
}

interface ConfigFile {
  readonly path: string;
  /** Hash of what it holds, what it extends included. */
  readonly digest: string;
}

/** A file by its path; `"search"` looks for `aide.config.*` from the working folder upwards. */
export type FileChoice = { readonly path: string } | "search" | "none";

/**
 * Reads a config file, and puts what the caller gives over it: later wins. Keys and passwords among the options are learnt as secrets.
 * @throws AIDE_CONFIG_NOT_FOUND, AIDE_CONFIG_UNREADABLE, AIDE_CONFIG_CIRCULAR
 */
export const readRawConfig = async (
  choice: FileChoice,
  given: Layer,
  { cwd, secrets }: Pick<RunHost, "cwd" | "secrets">,
): Promise<RawConfig> => {
  const overrides = withPromptPaths(given, cwd);
  const { layer, file } =
    choice === "none"
      ? { layer: {}, file: undefined }
      : await loadConfig(choice === "search" ? undefined : choice.path, cwd);
  const values = merge(layer, overrides);
  secrets.learn(secretValues(values));
  return {
    values,
    overrides,
    file: file === undefined ? undefined : { path: file, digest: digestOf(layer, secrets) },
    source: file === undefined ? { kind: "command line", folder: resolve(cwd) } : { kind: "file", path: file },
  };
};

/** A config that was put together by a caller, from parts that stand in one place. */
export const rawConfigOf = (values: Layer, source: ConfigSource, { secrets }: Pick<RunHost, "secrets">): RawConfig => {
  secrets.learn(secretValues(values));
  return { values, overrides: values, file: undefined, source };
};

/** Of what a config file holds. A new key makes no other file, and none can be guessed from the hash. */
export const digestOf = (layer: Layer, secrets: RunHost["secrets"]): string => {
  secrets.learn(secretValues(layer));
  return digest(secrets.mask(JSON.stringify(layer)));
};
