import { OwnMetric } from "@aide-ts/evaluation";
import type { Executor } from "@aide-ts/plugin";
import type { Task } from "@aide-ts/tasks";
import { ownGraderOf, readReportLabels, type ReportLabels } from "../labels/report-labels.ts";
import { graderOf, type Grader } from "./grade.ts";

/** The labels of a task and what grades by them, with the program of the task's own where it has one. */
export interface OpenGrader extends AsyncDisposable {
  readonly labels: ReportLabels;
  readonly grade: Grader;
}

/**
 * The grader of a task. Only one of the task's own needs the scripts' Python, which runs it.
 * @throws AIDE_METRIC_FILE for one that cannot be loaded; what reading the labels throws
 */
export const openGrader = async (
  task: Task,
  executor: () => Promise<Pick<Executor, "start"> & AsyncDisposable>,
  signal: AbortSignal,
): Promise<OpenGrader> => {
  const file = ownGraderOf(task);
  if (file === undefined) {
    const labels = await readReportLabels(task);
    return { labels, grade: graderOf(labels), [Symbol.asyncDispose]: () => Promise.resolve() };
  }
  const python = await executor();
  try {
    const own = await OwnMetric.open(python, file, signal);
    const labels = await readReportLabels(task, own);
    return {
      labels,
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
