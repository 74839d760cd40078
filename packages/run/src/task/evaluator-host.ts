import type { EvaluatorHost, Host } from "@aide-ts/plugin";
import type { OwnMetricFile } from "./own-metric-file.ts";
import type { PreparedTask } from "./prepared-task.ts";

/** What evaluators are given of a task that is prepared. */
export const evaluatorHost = (host: Host, { resolved, data }: PreparedTask, own?: OwnMetricFile): EvaluatorHost => ({
  ...host,
  task: resolved.task,
  ...(data?.submission === undefined ? {} : { submission: data.submission }),
  ...(data?.heldOut === undefined ? {} : { heldOut: data.heldOut }),
  ...(data === undefined || data.folds.length === 0 ? {} : { folds: data.folds }),
  ...ownScore(data, own),
});

/** The task's own metric, where it has one and there are rows to score. */
const ownScore = (data: PreparedTask["data"], own: OwnMetricFile | undefined): Pick<EvaluatorHost, "score"> => {
  const { heldOut, submission } = data ?? {};
  return own === undefined || heldOut === undefined || submission === undefined
    ? {}
    : {
        score: (rows, fold) => own.metric.score(fold?.submission ?? submission, fold?.heldOut ?? heldOut, rows),
      };
};
