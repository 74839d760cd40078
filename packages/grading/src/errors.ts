import { AideError, messageOf } from "@aide-ts/plugin";

export const tableUnreadable = (path: string, cause: unknown): AideError =>
  new AideError({
    code: "AIDE_REPORT_LABELS",
    message: `${path} cannot be read: ${messageOf(cause)}.`,
    fix: "private/answers.csv is a CSV file with the columns that task.yaml names under id and target; `aide tasks prepare` makes those of a suite.",
    fault: "user",
  });

export const labelsRepeated = (path: string, id: readonly string[]): AideError =>
  new AideError({
    code: "AIDE_REPORT_LABELS",
    message: `${path} has several rows with the same ${id.join(", ")}.`,
    fix: "Name under id in task.yaml the columns that name a row.",
    fault: "user",
  });

export const metricNotGraded = (task: string, metric: string): AideError =>
  new AideError({
    code: "AIDE_REPORT_METRIC",
    message: `The metric ${metric} of the task ${task} is not in the library.`,
    fix: "Put a grade.py with `score(truth, submission)` and `direction` into its private part, or name a metric of the library.",
    fault: "user",
  });

export const labelsChanged = (task: string, before: string, now: string): AideError =>
  new AideError({
    code: "AIDE_REPORT_LABELS",
    message: `The run was on other data than those that the task ${task} has now.`,
    fix: "Prepare the task as it was, or run it anew.",
    fault: "user",
    facts: { before, now },
  });

export const referencesFailed = (output: string): AideError =>
  new AideError({
    code: "AIDE_REFERENCES",
    message: "The reference pipelines could not be run.",
    fix: "See what the program printed last: name an interpreter that has the packages, and tasks whose public folders hold train.csv and test.csv.",
    fault: "user",
    facts: { output },
  });

export const referencesUnreadable = (path: string, cause: unknown): AideError =>
  new AideError({
    code: "AIDE_REFERENCES",
    message: `${path} does not say which reference pipelines a task has.`,
    fix: "Run the reference pipelines on the task first, into the folder that holds its own.",
    fault: "user",
    facts: { cause: messageOf(cause) },
  });

export const leaderboardUnreadable = (path: string, cause: unknown, isPointer: boolean): AideError =>
  new AideError({
    code: "AIDE_MLEBENCH_LEADERBOARD",
    message: `${path} cannot be read as a leaderboard: ${messageOf(cause)}.`,
    fix: isPointer
      ? "Fetch the leaderboards into the checkout of mle-bench: git lfs pull"
      : "Name a leaderboard.csv of MLE-bench's repository, with a column `score`, the best team first.",
    fault: "user",
  });

export const mleBenchAnswersMissing = (competition: string, folder: string): AideError =>
  new AideError({
    code: "AIDE_MLEBENCH_ANSWERS",
    message: `The answers of ${competition} are not in ${folder}.`,
    fix: `mlebench prepare -c ${competition}`,
    fault: "user",
  });

export const mleBenchNotGraded = (competition: string, because: string): AideError =>
  new AideError({
    code: "AIDE_MLEBENCH_METRIC",
    message: `${competition} cannot be graded without MLE-bench: ${because}.`,
    fix: "Install MLE-bench from https://github.com/openai/mle-bench, so that `mlebench` is on the PATH.",
    fault: "user",
  });

export const leaderboardsUnnamed = (competition: string): AideError =>
  new AideError({
    code: "AIDE_MLEBENCH_LEADERBOARD",
    message: `No leaderboard is known for ${competition}.`,
    fix: "Name a folder with <id>/leaderboard.csv, as mlebench/competitions of a checkout of mle-bench with Git LFS.",
    fault: "user",
  });

export const taskNotNamed = (run: string): AideError =>
  new AideError({
    code: "AIDE_GRADE_TASK",
    message: `The run ${run} was begun on a folder of data, not on a task by its name.`,
    fix: "Name the task whose labels grade it, as --task hitters, or the competition, as --mlebench spaceship-titanic.",
    fault: "user",
  });
