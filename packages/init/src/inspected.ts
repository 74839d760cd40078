import { dirname } from "node:path";
import type { Layer } from "@aide-ts/core";
import { describeTask, rawConfigOf, readyTask, type ReadyTaskOptions } from "@aide-ts/run";
import type { RunHost } from "@aide-ts/run/host";

/** What a run would find in a folder of data. */
export interface Inspected {
  /** What `aide inspect` begins with. */
  readonly lines: readonly string[];
  /** Columns to predict; none where no table has labelled rows. */
  readonly targets: readonly string[];
  /** Why the target is taken for that. */
  readonly because: string;
  readonly metric: string;
  readonly metricBecause: string;
  /** Whether labelled rows can be held back. */
  readonly heldBack: boolean;
}

/**
 * Prepares the task of a config as a run does, in a temporary folder and without a model.
 * @param file where the config will stand
 * @throws what preparing a task throws
 */
export const inspected = async (
  keys: Layer,
  file: string,
  host: RunHost,
  options: ReadyTaskOptions,
): Promise<Inspected> => {
  const raw = rawConfigOf(keys, { kind: "command line", folder: dirname(file) }, host);
  await using task = await readyTask(raw, { ...host, cwd: dirname(file) }, options);
  const { resolved, roles, data } = task.prepared;
  return {
    lines: describeTask(task.prepared),
    targets: roles?.targets ?? [],
    because: roles?.because ?? "",
    metric: resolved.task.metric,
    metricBecause: resolved.because,
    heldBack: data?.heldOut !== undefined,
  };
};
