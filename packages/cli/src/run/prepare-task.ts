import { cp, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { extractArchives, inferRoles, inspectDataset, type Config, type Roles } from "@aide-ts/core";
import {
  isUnclear,
  prepareData,
  resolveTask,
  type PreparedData,
  type ResolvedTask,
  type TaskWords,
} from "@aide-ts/evaluation";
import { AideError } from "@aide-ts/plugin";

export interface PreparedTask {
  readonly resolved: ResolvedTask;
  readonly roles: Roles | undefined;
  readonly data: PreparedData | undefined;
  /** The user's data with archives unpacked: what the final run sees. */
  readonly wholeFolder: string;
  /** The data without the labels that are held back: what scripts see as `./input`. */
  readonly inputFolder: string;
}

/** Where scripts find their data; it is laid out by `prepareTask`. */
export const inputFolderIn = (workspace: string): string => join(workspace, "input");

/** Asks a model which metric the words mean; `undefined` where it means none that is known. */
export type AskMetric = (words: TaskWords) => Promise<TaskWords["found"]>;

export type TaskConfig = Pick<
  Config,
  "target" | "id" | "metric" | "direction" | "holdout" | "preprocess_data" | "seed"
>;

/** Finds out what the task is and lays out the scripts' data, held-back rows taken out. The user's folder is only read. */
export const prepareTask = async (
  config: TaskConfig,
  words: { readonly goal: string; readonly evaluation: string; readonly found?: TaskWords["found"] },
  dataFolder: string,
  workspace: string,
  askModel: AskMetric,
): Promise<PreparedTask> => {
  const wholeFolder = config.preprocess_data ? await unpacked(dataFolder, join(workspace, "data")) : dataFolder;
  const dataset = await inspectDataset(wholeFolder);
  const roles = inferRoles(dataset, {
    goal: `${words.goal} ${words.evaluation}`,
    target: config.target,
    id: config.id,
  });
  if (roles === undefined && config.target !== undefined) throw noTarget(config.target);
  const said: TaskWords = { ...words, metric: config.metric, direction: config.direction };
  const found = words.found ?? (isUnclear(said) ? await askModel(said) : undefined);
  const resolved = resolveTask({ ...said, found }, roles);
  const inputFolder = inputFolderIn(workspace);
  await rm(inputFolder, { recursive: true, force: true });
  if (roles === undefined || roles.train.table.format !== "csv") {
    await cp(wholeFolder, inputFolder, { recursive: true, dereference: true });
    return { resolved, roles, data: undefined, wholeFolder, inputFolder };
  }
  const data = await prepareData(wholeFolder, inputFolder, roles, {
    ...config.holdout,
    seed: config.seed,
    kind: resolved.kind,
  });
  return { resolved, roles, data, wholeFolder, inputFolder };
};

const unpacked = async (source: string, target: string): Promise<string> => {
  const files = await readdir(source, { recursive: true });
  if (!files.some((file) => /\.(zip|tar|tgz|gz)$/i.test(file))) return source;
  await rm(target, { recursive: true, force: true });
  await cp(source, target, { recursive: true, dereference: true });
  await extractArchives(target);
  return target;
};

const noTarget = (target: string): AideError =>
  new AideError({
    code: "AIDE_TARGET_UNKNOWN",
    message: `No training table has the column "${target}".`,
    fix: "Check target, and that the training file's name says train.",
    fault: "user",
  });
