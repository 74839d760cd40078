import { checkConfig, merge, translateAideKeys, type Layer, type ResolvedConfig } from "@aide-ts/core";
import type { RunHost } from "../host/run-host.ts";
import type { RawConfig } from "./raw-config.ts";

/** Defaults of a command that has no task: a run insists on data. */
export const withoutTask: Layer = { data_dir: "." };

/**
 * Checks a config, fills in its defaults (those given here come before the usual ones), and translates the keys of AIDE and its fork.
 * @throws AIDE_CONFIG_INVALID, AIDE_MODEL_NAME, AIDE_STRATEGY_UNKNOWN
 */
export const resolveConfig = async (
  { values, file }: Pick<RawConfig, "values" | "file">,
  { shorthands }: Pick<RunHost, "shorthands">,
  defaults: Layer = {},
): Promise<ResolvedConfig> =>
  translateAideKeys(checkConfig(merge(defaults, values), file?.path ?? "the command line"), shorthands);
