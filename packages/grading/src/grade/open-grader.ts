import { OwnMetric } from "@aide-ts/evaluation";
import type { Executor } from "@aide-ts/plugin";
import type { ReportLabels } from "../labels/report-labels.ts";
import { graderOf, type Grader } from "./grade.ts";

/** A grader, and the program of the task's own where it has one. */
export interface OpenGrader extends AsyncDisposable {
  readonly grade: Grader;
}

/**
 * The grader of a task. Only one with a `grade.py` needs the scripts' Python, which runs it.
 * @throws AIDE_METRIC_FILE for a `grade.py` that cannot be loaded
 */
export const openGrader = async (
  labels: ReportLabels,
  executor: () => Promise<Pick<Executor, "start"> & AsyncDisposable>,
  signal: AbortSignal,
): Promise<OpenGrader> => {
  if (labels.ownGrader === undefined)
    return { grade: graderOf(labels), [Symbol.asyncDispose]: () => Promise.resolve() };
  const python = await executor();
  try {
    const own = await OwnMetric.open(python, labels.ownGrader, signal);
    return {
      grade: graderOf(labels, own),
      async [Symbol.asyncDispose]() {
        await own[Symbol.asyncDispose]();
        await python[Symbol.asyncDispose]();
      },
    };
  } catch (error) {
    await python[Symbol.asyncDispose]();
    throw error;
  }
};
