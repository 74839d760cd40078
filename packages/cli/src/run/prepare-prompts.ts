import { readFile } from "node:fs/promises";
import {
  coderPrompts,
  describeDataset,
  inferRoles,
  inspectDataset,
  PromptBook,
  readDirections,
  renderBrief,
  renderSkeleton,
  type Config,
} from "@aide-ts/core";
import { metricNamed, taskPrompts } from "@aide-ts/evaluation";
import { AideError, type Environment, type Task } from "@aide-ts/plugin";
import type { PreparedTask } from "./prepare-task.ts";

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
  readonly directions: readonly string[];
}

/** Every text a model will see in a run: the prompts, and the brief and skeleton of this task. */
export const preparePrompts = async (
  config: Pick<Config, "preview" | "coder" | "target" | "id">,
  sources: Readonly<Record<string, string>>,
  prepared: PreparedTask,
  words: { readonly goal: string; readonly evaluation: string },
  environment: Environment,
): Promise<Prompts> => {
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
  const isProbability = prepared.resolved.kind === "probability";
  const { classes = [] } = prepared.data ?? {};
  const positive = isProbability && classes.length === 2 ? classes[1] : undefined;
  const brief = renderBrief(sources["shared/brief"] ?? "", {
    task,
    evaluation: words.evaluation,
    data,
    environment,
    submission,
    heldOut: prepared.data?.heldOut !== undefined,
    answer: isProbability ? probabilityRule(positive) : "",
  });
  const skeleton = config.coder.skeleton
    ? renderSkeleton(sources["coder/skeleton"] ?? "", roles, submission, task.metric, positive)
    : "";
  return {
    book: new PromptBook(sources, brief),
    brief,
    skeleton,
    directions: directionsFor(sources, task),
  };
};

/** Ways to improve a script that fit the task's kind. */
export const directionsFor = (sources: Readonly<Record<string, string>>, task: Task): readonly string[] =>
  readDirections(
    sources["coder/directions"] ?? "",
    metricNamed(task.metric)?.input === "number" ? "regression" : "classification",
  );

const probabilityRule = (positive: string | undefined): string =>
  positive === undefined ? "The value is a probability." : `The value is the probability of the class \`${positive}\`.`;

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
