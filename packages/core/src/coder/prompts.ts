import { readFileSync } from "node:fs";
import type { Environment, SubmissionFormat, Task } from "@aide-ts/plugin";
import { PromptTemplate } from "../prompt/template.ts";

const names = [
  "draft",
  "improve",
  "debug",
  "skeleton",
  "directions",
  "estimators",
  "draft-block",
  "improve-block",
  "debug-block",
  "frame",
  "block-directions",
] as const;

const read = (file: string): string => readFileSync(new URL(`../../prompts/${file}.md`, import.meta.url), "utf8");

/** Core's own prompts: the coder's, and the brief that opens every prompt. */
export const coderPrompts = (): Readonly<Record<string, string>> => ({
  "shared/brief": read("brief"),
  ...Object.fromEntries(names.map((name) => [`coder/${name}`, read(name)])),
});

export interface Brief {
  readonly task: Task;
  /** The user's own words on how predictions are scored. */
  readonly evaluation: string;
  readonly data: string;
  readonly environment: Environment;
  readonly submission: SubmissionFormat | undefined;
  /** Whether the framework has rows to score predictions on; where it has none, the script is asked to report its score. */
  readonly heldOut: boolean;
  /** What the submission's values are, where the target alone does not say it. */
  readonly answer: string;
  /** Whether answers are whole scripts, and no functions of one. */
  readonly wholeScripts: boolean;
}

/** Fills in the brief from what is really there: the data, the packages that import, the machine. */
export const renderBrief = (
  source: string,
  { task, evaluation, data, environment, submission, heldOut, answer, wholeScripts }: Brief,
): string => {
  const { python, packages, cpus, memoryBytes, gpus, seconds } = environment;
  const [message] = new PromptTemplate("shared/brief", source).render({
    goal: task.goal,
    evaluation: evaluation === "" ? `Predictions are scored by ${task.metric}.` : evaluation,
    metric: task.metric,
    direction: task.direction === "minimize" ? "lower" : "higher",
    data,
    python,
    packages: packages.map(({ name, version }) => `${name} ${version}`).join(", "),
    machine: `${cpus} CPU cores, ${Math.round(memoryBytes / 2 ** 30)} GiB of memory, ${gpus.length === 0 ? "no GPU" : gpus.join(", ")}.`,
    submission: submission === undefined ? "" : submissionRule(submission, answer),
    reported: heldOut ? "" : "yes",
    whole: wholeScripts ? "yes" : "",
    time: seconds < 120 ? `${seconds} seconds` : `${Math.round(seconds / 60)} minutes`,
  });
  return message?.content ?? "";
};

const submissionRule = ({ columns, id }: SubmissionFormat, answer: string): string => {
  const listed = (names: readonly string[]) =>
    names.map((name) => (name === "" ? "the index (a first column without a name)" : `\`${name}\``)).join(", ");
  const header = listed(columns);
  const rows =
    id.length === 0
      ? "one row for each test row, in the same order"
      : `one row for each ${listed(id)} of the test file`;
  return `Write the predictions to \`./submission/submission.csv\` with the columns ${header}: ${rows}.${answer === "" ? "" : ` ${answer}`}`;
};

/**
 * The items of a Markdown list, each a way to improve a script. One that begins with `regression:` or `classification:` is only for targets of that
 * kind.
 */
export const readDirections = (markdown: string, kind: "regression" | "classification"): readonly string[] =>
  [...markdown.matchAll(/^- (?:(regression|classification): )?(.+)$/gm)].flatMap(([, only, text = ""]) =>
    only === undefined || only === kind ? [text.trim()] : [],
  );
