import { command } from "./command.ts";
import { group } from "./group.ts";
import { configWords, optionalWord, runWord, switchFlag, valueFlag, word, words } from "./parameters.ts";

/** Commands that begin runs, go on with them and show them. */
export const runCommands = {
  init: command({
    load: async () => (await import("../commands/init.ts")).init,
    brief: "write a first config by asking: data, goal, metric, model, time",
    details: "The folder is inspected as a run inspects it. `aide run` takes aide.config.yaml of its folder.",
    example: "aide init my_data",
    usage: "[folder] [key=value …] [--out aide.config.yaml] [--yes] [--force]",
    parameters: {
      flags: {
        out: valueFlag("file", "the config to write; aide.config.yaml without"),
        yes: switchFlag("ask nothing: take what is found"),
        force: switchFlag("write over a config that is there"),
      },
      positional: words("folder|key=value", "a folder of data, and keys that are known already"),
    },
  }),
  run: command({
    load: async () => (await import("../commands/run.ts")).run,
    brief: "run a task; bare key=value does the same",
    details: "Everything that can be wrong is reported before anything is made.",
    example: 'aide run data_dir=my_data goal="Predict the price" eval="RMSE" agent.steps=20',
    parameters: {
      flags: {
        from: valueFlag("script.py", "start from a script of your own"),
        yes: switchFlag("go on where no row can be held back"),
        data: valueFlag("folder", "where MLE-bench prepared its competitions"),
        unseal: switchFlag("run a sealed task under another setup, as an exploration"),
      },
      positional: configWords,
    },
  }),
  resume: command({
    load: async () => (await import("../commands/resume.ts")).resume,
    brief: "go on with a run that was stopped",
    example: "aide resume 3-brave-otter agent.steps=40",
    usage: "[run] [key=value …] [--discard-open] [--with-config]",
    parameters: {
      flags: {
        discardOpen: switchFlag("go on under another setup, where only open work differs"),
        withConfig: switchFlag("take the config file as it is now, not as the run was begun with"),
      },
      positional: words("run|key=value", "a run, the last one without, and keys that change, as a larger budget"),
    },
  }),
  hint: command({
    load: async () => (await import("../commands/hint.ts")).hint,
    brief: "give a run something that its next proposals are shown",
    details: "Without a hint, those that the run has are listed.",
    example: 'aide hint 3-brave-otter "try the log of the target"',
    usage: '<run> ["…"] [--clear]',
    parameters: {
      flags: { clear: switchFlag("forget the hints before") },
      positional: words("run|hint", "a run, then the hint", 1),
    },
  }),
  replay: command({
    load: async () => (await import("../commands/replay.ts")).replay,
    brief: "follow a run's log again, without model and scripts",
    example: "aide replay 3-brave-otter --until 5-0",
    parameters: {
      flags: {
        until: valueFlag("place", "the last call to follow, as 5-0"),
        withConfig: switchFlag("take the config file as it is now, not as the run was begun with"),
      },
      positional: { kind: "tuple", parameters: [runWord] },
    },
  }),
  fork: command({
    load: async () => (await import("../commands/fork.ts")).fork,
    brief: "go on from a call with another prompt, as a new run",
    example: "aide fork 3-brave-otter --at 5-0 --prompt prompt.md",
    usage: "<run> --at <place> --prompt <file> [key=value …]",
    parameters: {
      flags: {
        at: { ...word("place", "the call that asks something else, as 5-0"), kind: "parsed" },
        prompt: { ...word("file", "what it asks, in the form that aide show <run> <place> prints"), kind: "parsed" },
      },
      positional: words("run|key=value", "a run, the last one without, and keys that change"),
    },
  }),
  runs: command({
    load: async () => (await import("../commands/runs.ts")).runs,
    brief: "list runs, oldest first",
    example: "aide runs",
    parameters: {
      positional: { kind: "tuple", parameters: [optionalWord("folder", "where they are; ./logs without")] },
    },
  }),
  show: command({
    load: async () => (await import("../commands/show.ts")).show,
    brief: "tree and scores of a run, one solution, or one prompt",
    example: "aide show 3-brave-otter 5-0",
    parameters: {
      positional: {
        kind: "tuple",
        parameters: [
          runWord,
          optionalWord("solution|place", "a solution, or a call whose prompt and answer are shown"),
        ],
      },
    },
  }),
  export: group(
    { command: "export", noun: "form", brief: "what runs were asked and answered, for other tools: trajectories" },
    {
      trajectories: command({
        load: async () => (await import("@aide-ts/trajectories")).exportTrajectories,
        brief: "runs as training data: examples, preference pairs, or ATIF",
        example: "aide export trajectories ablations/small --format dpo",
        parameters: {
          flags: {
            format: valueFlag("sft", "one of sft, dpo, atif; sft without"),
            out: valueFlag("path", "a file, for atif a folder; trajectories-<format>.jsonl or trajectories without"),
          },
          positional: words("run|folder", "runs, or folders with runs below them; the last run without"),
        },
      }),
    },
  ),
  clean: command({
    load: async () => (await import("../commands/clean.ts")).clean,
    brief: "remove workspaces of finished runs",
    details: "What a run found stays in its log folder.",
    example: "aide clean 3-brave-otter",
    parameters: {
      positional: { kind: "tuple", parameters: [optionalWord("run", "one run; all that have ended without")] },
    },
  }),
};
