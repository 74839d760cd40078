import { checkConfig, merge, translateAideKeys, type Layer, type ResolvedConfig } from "@aide-ts/core";
import type { RunHost, TaskOrigin } from "../host/run-host.ts";
import { withNamedTask } from "./named-task.ts";
import type { RawConfig } from "./raw-config.ts";

/** Defaults of a command that has no task: a run insists on data. */
export const withoutTask: Layer = { data_dir: "." };

/** A config that is checked, and what it was made of. */
export interface Resolved extends ResolvedConfig {
  /** As given, but for the name of a task, in whose place stands what it means. */
  readonly raw: RawConfig;
  /** Where the task comes from, where the config names one. */
  readonly origin: TaskOrigin | undefined;
}

/**
 * Puts in what a task's name means, checks a config, fills in its defaults (those given here come before the usual ones), and translates the keys of AIDE
 * and its fork.
 * @throws AIDE_CONFIG_INVALID, AIDE_MODEL_NAME, AIDE_STRATEGY_UNKNOWN, AIDE_TASK_FIXED, and what finding a task throws
 */
export const resolveConfig = async (
  raw: RawConfig,
  { shorthands, namedTask }: Pick<RunHost, "shorthands" | "namedTask">,
  defaults: Layer = {},
): Promise<Resolved> => {
  const { values, origin } = await withNamedTask(raw.values, { namedTask });
  const checked = checkConfig(merge(defaults, values), raw.file?.path ?? "the command line");
  return { ...(await translateAideKeys(checked, shorthands)), raw: { ...raw, values }, origin };
};
