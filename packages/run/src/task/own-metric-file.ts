import { readFile } from "node:fs/promises";
import { basename, resolve } from "node:path";
import { isMetricFile, shortDigest } from "@aide-ts/core";
import { OwnMetric } from "@aide-ts/evaluation";
import type { Executor } from "@aide-ts/plugin";
import { metricFileUnreadable } from "../errors/task.ts";

/** A metric that a config takes from a Python file. */
export interface OwnMetricFile extends AsyncDisposable {
  readonly metric: OwnMetric;
  /** The file's name: what the metric is called. */
  readonly name: string;
  /** Tells the file's content: a changed metric is another task. */
  readonly because: string;
}

/**
 * Loads the metric where the config names a file; `undefined` where it names one of the library, or none.
 * @throws AIDE_METRIC_FILE
 */
export const openOwnMetric = async (
  named: string | undefined,
  cwd: string,
  executor: Pick<Executor, "start">,
  signal: AbortSignal,
): Promise<OwnMetricFile | undefined> => {
  if (named === undefined || !isMetricFile(named)) return undefined;
  const file = resolve(cwd, named);
  const text = await readFile(file, "utf8").catch((cause: unknown) => {
    throw metricFileUnreadable(named, file, cause);
  });
  const metric = await OwnMetric.open(executor, file, signal);
  const name = basename(file);
  return {
    metric,
    name,
    because: `the function score of ${name}, ${shortDigest(text)}`,
    [Symbol.asyncDispose]: () => metric[Symbol.asyncDispose](),
  };
};
