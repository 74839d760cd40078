import { cp, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import {
  coderPrompts,
  describeDataset,
  extractArchives,
  inferRoles,
  inspectDataset,
  PromptBook,
  renderBrief,
  renderSkeleton,
  type Config,
  type Roles,
} from "@aide-ts/core";
import { prepareData, resolveTask, type PreparedData, type ResolvedTask } from "@aide-ts/evaluation";
import { AideError, type Environment } from "@aide-ts/plugin";

export interface PreparedTask {
  readonly resolved: ResolvedTask;
  readonly roles: Roles | undefined;
  readonly data: PreparedData | undefined;
  /** The user's data with archives unpacked: what the final run sees. */
  readonly wholeFolder: string;
  /** The data without the labels that are held back: what scripts see as `./input`. */
  readonly inputFolder: string;
}

export type TaskConfig = Pick<
  Config,
  "target" | "id" | "metric" | "direction" | "holdout" | "preprocess_data" | "seed"
>;

/** Finds out what the task is and lays out the scripts' data, held-back rows taken out. The user's folder is only read. */
export const prepareTask = async (
  config: TaskConfig,
  words: { readonly goal: string; readonly evaluation: string },
  dataFolder: string,
  workspace: string,
): Promise<PreparedTask> => {
  const wholeFolder = config.preprocess_data ? await unpacked(dataFolder, join(workspace, "data")) : dataFolder;
  const dataset = await inspectDataset(wholeFolder);
  const roles = inferRoles(dataset, {
    goal: `${words.goal} ${words.evaluation}`,
    target: config.target,
    id: config.id,
  });
  if (roles === undefined && config.target !== undefined) throw noTarget(config.target);
  const resolved = resolveTask({ ...words, metric: config.metric, direction: config.direction }, roles);
  const inputFolder = join(workspace, "input");
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

export interface Prompts {
  readonly book: PromptBook;
  readonly brief: string;
  readonly skeleton: string;
}

/** Every text a model will see: core's and the plugins' prompts, the config's overrides, the brief of this task. */
export const preparePrompts = async (
  config: Pick<Config, "prompts" | "preview" | "coder" | "target" | "id">,
  pluginPrompts: Readonly<Record<string, string>>,
  prepared: PreparedTask,
  words: { readonly goal: string; readonly evaluation: string },
  environment: Environment,
): Promise<Prompts> => {
  const sources = { ...coderPrompts(), ...pluginPrompts, ...(await readOverrides(config.prompts)) };
  const dataset = await inspectDataset(prepared.inputFolder);
  const { task } = prepared.resolved;
  const roles = inferRoles(dataset, {
    goal: words.goal,
    target: prepared.roles?.targets[0] ?? config.target,
    id: prepared.roles?.id ?? config.id,
  });
  const data =
    config.preview.characters === 0
      ? ""
      : describeDataset(dataset, roles, { characters: config.preview.characters, values: config.preview.samples });
  const submission = prepared.data?.submission;
  const answer = prepared.resolved.kind === "probability" ? probabilityRule(prepared.data?.classes ?? []) : "";
  const brief = renderBrief(sources["shared/brief"] ?? "", {
    task,
    evaluation: words.evaluation,
    data,
    environment,
    submission,
    answer,
  });
  const skeleton = config.coder.skeleton
    ? renderSkeleton(sources["coder/skeleton"] ?? "", roles, submission, task.metric)
    : "";
  return { book: new PromptBook(sources, brief), brief, skeleton };
};

const probabilityRule = (classes: readonly string[]): string =>
  classes.length === 2 ? `The value is the probability of the class \`${classes[1]}\`.` : "The value is a probability.";

const readOverrides = async (files: Readonly<Record<string, string>>): Promise<Record<string, string>> => {
  const texts: Record<string, string> = {};
  for (const [name, file] of Object.entries(files)) {
    texts[name] = await readFile(file, "utf8").catch((cause: unknown) => {
      throw new AideError({
        code: "AIDE_PROMPT_UNREADABLE",
        message: `The file for prompt "${name}" could not be read.`,
        fix: "Check the path under prompts.",
        fault: "user",
        facts: { file, cause: cause instanceof Error ? cause.message : String(cause) },
      });
    });
  }
  return texts;
};

const noTarget = (target: string): AideError =>
  new AideError({
    code: "AIDE_TARGET_UNKNOWN",
    message: `No training table has the column "${target}".`,
    fix: "Check target, and that the training file's name says train.",
    fault: "user",
  });
