import { command } from "./command.ts";
import { group } from "./group.ts";
import { numberFlag, optionalWord, switchFlag, valueFlag, word, words } from "./parameters.ts";

/** Commands about tasks whose report labels no run can reach. */
export const taskCommands = {
  tasks: group(
    {
      command: "tasks",
      noun: "tasks action",
      brief: "tasks with report labels: list, show, prepare, check, references, seal",
    },
    {
      list: command({
        load: async () => (await import("../commands/tasks.ts")).list,
        brief: "the tasks that can be named, and whether they are prepared",
        example: "aide tasks list",
        parameters: {},
      }),
      show: command({
        load: async () => (await import("../commands/tasks.ts")).show,
        brief: "what a task is, without its labels",
        example: "aide tasks show hitters",
        parameters: {
          positional: { kind: "tuple", parameters: [word("task", "a name, or a folder with a task.yaml")] },
        },
      }),
      prepare: command({
        load: async () => (await import("../commands/tasks.ts")).prepare,
        brief: "make a suite's tasks, or put a task of one's own where its labels lie apart",
        example: "aide tasks prepare tabular-small",
        parameters: {
          positional: words("suite|folder|task", "a suite and tasks of it, or a folder with a task.yaml", 1),
        },
      }),
      check: command({
        load: async () => (await import("../commands/grade.ts")).check,
        brief: "rehearse tasks, and hold their graders against known submissions",
        example: "aide tasks check hitters attrition",
        parameters: { positional: words("task", "names, or folders with a task.yaml", 1) },
      }),
      references: command({
        load: async () => (await import("../commands/references.ts")).references,
        brief: "solve tasks by more than a hundred known pipelines, to place scores among theirs",
        details: "The same command continues where one was stopped. They see the public part alone.",
        example: "aide tasks references hitters --jobs 2",
        parameters: {
          flags: {
            jobs: numberFlag("2", "pipelines at a time, a core each; all cores without"),
            only: valueFlag("pattern", "pipelines whose names match; all but FLAML without"),
            python: valueFlag("path", "a Python with other packages, as FLAML's"),
          },
          positional: words("task", "names, or folders with a task.yaml", 1),
        },
      }),
      seal: command({
        load: async () => (await import("../commands/tasks.ts")).seal,
        brief: "freeze prompts, defaults and options for a suite's sealed tasks",
        details: "Under any other setup these tasks run with --unseal alone, as an exploration.",
        example: "aide tasks seal tabular-small",
        parameters: { positional: { kind: "tuple", parameters: [optionalWord("suite", "tabular-small without")] } },
      }),
    },
    "list",
  ),
  grade: command({
    load: async () => (await import("../commands/grade.ts")).grade,
    brief: "score runs on report labels that no run could reach",
    details:
      "Writes grades.json into the folder of each run; beside it submission.jsonl, for `mlebench grade`, of one on MLE-bench.",
    example: "aide grade 3-brave-otter",
    parameters: {
      flags: {
        task: valueFlag("name", "the task, where the run was not begun by its name, or for files"),
        mlebench: valueFlag("id", "the competition of MLE-bench, likewise"),
        data: valueFlag("folder", "where MLE-bench prepared its data"),
        leaderboards: valueFlag("folder", "a checkout's mlebench/competitions, where MLE-bench is not installed"),
        json: switchFlag("as JSON"),
      },
      positional: words(
        "run|folder|submission.csv",
        "runs, folders of runs, or files with --task or --mlebench; the last run without",
      ),
    },
  }),
};
