import { readFile } from "node:fs/promises";
import {
  coderPrompts,
  PromptBook,
  readBlockDirections,
  readDirections,
  readEstimators,
  renderBrief,
  type Config,
  type Direction,
  type Estimator,
} from "@aide-ts/core";
import { describeDataset, type Reads } from "@aide-ts/data";
import { taskPrompts } from "@aide-ts/evaluation";
import type { Environment, SubmissionFormat } from "@aide-ts/plugin";
import type { PreparedTask } from "./prepared-task.ts";
import { skeletonOf } from "./task-skeleton.ts";
import { promptUnreadable } from "../errors/task.ts";

/** Every prompt's source by its full name; files that the config names win. */
export const promptSources = async (
  overrides: Config["prompts"],
  pluginPrompts: Readonly<Record<string, string>>,
): Promise<Readonly<Record<string, string>>> => ({
  ...coderPrompts(),
  ...taskPrompts(),
  ...pluginPrompts,
  ...(await readOverrides(overrides)),
});

export interface Prompts {
  readonly book: PromptBook;
  readonly brief: string;
  readonly skeleton: string;
  /** Ways to improve a whole script. */
  readonly directions: readonly string[];
  /** Ways to rewrite one function of a script. */
  readonly blockDirections: readonly Direction[];
  /** First scripts that need no model. */
  readonly estimators: readonly Estimator[];
  /** Arguments that scripts need to read the task's files. */
  readonly reads: Reads;
}

/** Every text a model will see in a run: the prompts, and the brief and skeleton of this task. */
export const preparePrompts = (
  config: Pick<Config, "preview" | "coder">,
  sources: Readonly<Record<string, string>>,
  prepared: PreparedTask,
  words: { readonly evaluation: string },
  environment: Environment,
): Prompts => {
  const { task, classes } = prepared.resolved;
  const { characters, samples } = config.preview;
  const data =
    characters === 0 ? "" : describeDataset(prepared.dataset, prepared.inputRoles, { characters, values: samples });
  const submission = prepared.data?.submission;
  const skeleton = config.coder.skeleton ? skeletonOf(sources, config, prepared) : "";
  const brief = renderBrief(sources["shared/brief"] ?? "", {
    task,
    evaluation: words.evaluation,
    data,
    environment,
    submission,
    heldOut: prepared.data?.heldOut !== undefined,
    answer: answerRule(submission),
    wholeScripts: config.coder.form !== "blocks" || skeleton === "",
  });
  return {
    book: new PromptBook(sources, brief),
    brief,
    skeleton,
    ...coderLists(sources, { classes, metric: task.metric }),
    reads: prepared.reads,
  };
};

/** What the coder draws from, as far as it fits the task's kind. */
export const coderLists = (
  sources: Readonly<Record<string, string>>,
  { classes, metric }: { readonly classes: boolean; readonly metric: string },
): Pick<Prompts, "directions" | "blockDirections" | "estimators"> => {
  const kind = classes ? "classification" : "regression";
  return {
    directions: readDirections(sources["coder/directions"] ?? "", kind),
    blockDirections: readBlockDirections(sources["coder/block-directions"] ?? "", [kind, metric]),
    estimators: readEstimators(sources["coder/estimators"] ?? "", kind),
  };
};

/** What the values of a submission are, where the target alone does not tell. */
const answerRule = (submission: SubmissionFormat | undefined): string => {
  if (submission?.kind === "class-probabilities")
    return `The values are probabilities of the classes ${(submission.classes ?? []).map((label) => `\`${label}\``).join(", ")}, a column for each.`;
  if (submission?.kind !== "probability") return "";
  const positive = submission.classes?.length === 2 ? submission.classes[1] : undefined;
  return positive === undefined
    ? "The value is a probability."
    : `The value is the probability of the class \`${positive}\`.`;
};

const readOverrides = async (files: Readonly<Record<string, string>>): Promise<Record<string, string>> => {
  const texts: Record<string, string> = {};
  for (const [name, file] of Object.entries(files)) {
    texts[name] = await readFile(file, "utf8").catch((cause: unknown) => {
      throw promptUnreadable(name, file, cause);
    });
  }
  return texts;
};
