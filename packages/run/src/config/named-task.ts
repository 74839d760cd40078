import { isLayer, merge, type Layer } from "@aide-ts/core";
import { taskFixed, tasksUnknown } from "../errors/task.ts";
import type { RunHost, TaskOrigin } from "../host/run-host.ts";
import type { RawConfig } from "./raw-config.ts";

/** Values of a config in which the name of a task is replaced by what it stands for. */
export interface WithTask {
  readonly values: Layer;
  /** None where the config names no task. */
  readonly origin: TaskOrigin | undefined;
}

/**
 * Puts what a task's name stands for into a config, in place of the name.
 * @throws AIDE_TASK_FIXED where the config says otherwise what the task says; what finding the task throws
 */
export const withNamedTask = async (
  values: RawConfig["values"],
  { namedTask }: Pick<RunHost, "namedTask">,
): Promise<WithTask> => {
  const { task, mlebench, mlebench_dir: root, unseal, ...others } = values;
  if (typeof task !== "string" && typeof mlebench !== "string") return { values, origin: undefined };
  if (typeof task === "string" && typeof mlebench === "string") throw taskFixed("mlebench", task);
  if (namedTask === undefined) throw tasksUnknown();
  const { prompts } = others;
  const found = await namedTask({
    ...(typeof task === "string" ? { task } : {}),
    ...(typeof mlebench === "string"
      ? { mlebench: { id: mlebench, root: typeof root === "string" ? root : undefined } }
      : {}),
    unseal: unseal === true,
    overridden: isLayer(prompts) ? Object.keys(prompts) : [],
  });
  const given = [...Object.keys(found.values), ...stated].find((key) => key in others);
  if (given !== undefined) throw taskFixed(given, String(task ?? mlebench));
  return { values: merge(others, found.values), origin: found.origin };
};

/** What a task says, or leaves open on purpose. */
const stated = ["data_dir", "goal", "eval", "desc_file", "desc_str"];
