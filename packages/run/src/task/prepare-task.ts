import { rm } from "node:fs/promises";
import {
  DataReader,
  inferRoles,
  inspectDataset,
  inspectInput,
  neededReads,
  prepareData,
  Relations,
  rolesWithClasses,
  wholeFolder,
  type Dataset,
  type Found,
  type PreparedData,
  type RoleHints,
  type Roles,
} from "@aide-ts/data";
import { isUnclear, resolveTask, type ResolvedTask, type TargetFacts, type TaskWords } from "@aide-ts/evaluation";
import type { AideError, Task } from "@aide-ts/plugin";
import type { OwnMetricFile } from "./own-metric-file.ts";
import { finalFolderIn, inputFolderIn, viewFolderIn, viewsFolderIn } from "./data-folders.ts";
import {
  type AskMetric,
  type GivenWords,
  type PreparedTask,
  type TaskConfig,
  type TaskPlace,
  type TaskWithClasses,
} from "./prepared-task.ts";
import { targetFacts } from "./target-facts.ts";
import { nothingHeldBack, targetUnclear, tooFewHeldBack } from "../errors/task.ts";

/**
 * Finds out what the task is and lays out the scripts' data, held-back rows taken out. The user's folder is only read.
 * @throws AIDE_TARGET_UNCLEAR, AIDE_NOTHING_HELD_BACK where a person has to say more, and what reading data throws
 */
export const prepareTask = async (
  config: TaskConfig,
  words: GivenWords,
  { dataFolder, unpacked, workspace, noData, executor, signal }: TaskPlace,
  askModel: AskMetric,
  own?: OwnMetricFile,
): Promise<PreparedTask> => {
  const whole = await wholeFolder(dataFolder, unpacked.path, config.preprocess_data, noData);
  const inputFolder = inputFolderIn(workspace);
  for (const folder of [inputFolder, viewsFolderIn(workspace)]) await rm(folder, { recursive: true, force: true });
  await using reader = await DataReader.start(executor, { reads: [whole.folder], writes: [workspace] }, signal);
  const looked = await lookInto(reader, whole.folder, config, words);
  const { found } = looked;
  const unmet = found.kind === "found" ? undefined : unclear(found);
  if (unmet !== undefined && (config.holdout.required || config.target !== undefined)) throw unmet;
  const roles = found.kind === "found" ? found.roles : undefined;
  const resolved = await resolveMetric(config, words, roles, askModel, own);
  const { dataset, relations } = looked;
  const data =
    roles === undefined
      ? undefined
      : await prepareData(reader, dataset, roles, relations, {
          root: whole.folder,
          search: inputFolder,
          final: finalFolderIn(workspace),
          seed: config.seed,
          share: config.holdout,
          folds: config.holdout.folds,
          fresh: config.holdout.fresh,
          viewFolder: (name) => viewFolderIn(workspace, name),
          split: config.holdout,
          kind: resolved.kind,
          classes: resolved.classes,
          positive: config.positive ?? resolved.positive,
          allowed: config.leaks.allow,
          dropped: config.leaks.drop,
        });
  if (data === undefined) await reader.copy(whole.folder, inputFolder);
  else if (data.heldOut === undefined && config.holdout.fraction > 0 && config.holdout.required)
    throw tooFewHeldBack(data.labelled);
  const input = await inspectInput(reader, inputFolder, roles, data?.testPath ?? roles?.test?.path, resolved.classes);
  return {
    resolved: { ...resolved, task: { ...resolved.task, ...splitOf(data) } },
    roles: roles === undefined || !resolved.classes ? roles : rolesWithClasses(roles),
    data,
    dataset: input.dataset,
    inputRoles: input.roles,
    reads: neededReads(input.dataset),
    wholeFolder: whole.folder,
    finalPlan: data?.finalPlan,
    inputFolder,
    notes: [...whole.notes, ...(data?.notes ?? [])],
  };
};

const splitOf = (data: PreparedData | undefined): Pick<Task, "split"> => {
  if (data === undefined || data.split.by === "random") return {};
  const { by, column } = data.split;
  return { split: { by, column } };
};

interface LookedInto {
  readonly dataset: Dataset;
  readonly relations: Relations;
  readonly found: Found;
}

/** What a folder holds, and what its tables are. */
const lookInto = async (
  reader: DataReader,
  folder: string,
  config: Pick<TaskConfig, "target" | "id" | "roles">,
  { goal, evaluation, description = "" }: GivenWords,
): Promise<LookedInto> => {
  const dataset = await inspectDataset(folder, reader);
  const relations = new Relations(reader);
  const { train, test, sample, labels } = config.roles;
  const hints: RoleHints = {
    words: `${goal} ${evaluation} ${description}`,
    targets: config.target ?? [],
    id: config.id ?? [],
    files: {
      ...(train === undefined ? {} : { train }),
      ...(test === undefined ? {} : { test: [test] }),
      ...(sample === undefined ? {} : { sample: [sample] }),
      ...(labels === undefined ? {} : { labels: [labels] }),
    },
  };
  return { dataset, relations, found: await inferRoles(dataset, hints, relations) };
};

/** Metric and direction; a model is asked where the words are clear to no rule. */
const resolveMetric = async (
  config: Pick<TaskConfig, "metric" | "direction">,
  words: GivenWords,
  roles: Roles | undefined,
  askModel: AskMetric,
  own?: OwnMetricFile,
): Promise<TaskWithClasses> => {
  if (own !== undefined) return resolvedByOwnMetric(config, words, roles, own);
  const given: TaskWords = { ...words, metric: config.metric, direction: config.direction };
  const found = words.found ?? (isUnclear(given) ? await askModel(given) : undefined);
  const facts = roles === undefined ? undefined : targetFacts(roles);
  const resolved = resolveTask({ ...given, found }, facts);
  return { ...resolved, classes: holdsClasses(resolved, facts?.targets[0]) };
};

const resolvedByOwnMetric = (
  { direction }: Pick<TaskConfig, "direction">,
  { goal }: GivenWords,
  roles: Roles | undefined,
  { metric, name, because }: OwnMetricFile,
): TaskWithClasses => {
  const facts = roles === undefined ? undefined : targetFacts(roles);
  const kind = facts?.answer === "class-probabilities" ? facts.answer : metric.predicts;
  const resolved: ResolvedTask = {
    task: { goal, metric: name, direction: direction ?? metric.direction },
    kind,
    because,
  };
  return { ...resolved, classes: kind !== "value" || holdsClasses(resolved, facts?.targets[0]) };
};

/** As the metric compares the target; where the library has none, as the column suggests. */
const holdsClasses = ({ input }: ResolvedTask, target: TargetFacts | undefined): boolean =>
  input === undefined
    ? target !== undefined && target.type !== "number" && !(target.type === "integer" && target.unique > 20)
    : input !== "number";

const unclear = (found: Exclude<Found, { kind: "found" }>): AideError =>
  found.kind === "no-target"
    ? targetUnclear(found.train.path, found.why, found.candidates)
    : nothingHeldBack(found.why);
