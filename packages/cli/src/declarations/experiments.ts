import { command } from "./command.ts";
import { group } from "./group.ts";
import { configWords, numberFlag, switchFlag, valueFlag, word, words } from "./parameters.ts";

const allowMismatch = switchFlag("report cells that were not made alike, and say so");

/** Commands that compare strategies and searches. */
export const experimentCommands = {
  ablate: command({
    load: async () => (await import("../commands/ablate.ts")).ablate,
    brief: "compare arms over tasks and seeds at equal budgets",
    details: "The same command continues where one was stopped.",
    example: "aide ablate configs/ablations/small.yaml --jobs 2",
    parameters: {
      flags: {
        out: valueFlag("folder", "where it is kept; ablations/<name> without"),
        launcher: valueFlag("local|slurm", "what starts the processes that make its runs"),
        jobs: numberFlag("2", "so many processes at a time"),
        addSeeds: numberFlag("4", "so many seeds more than the folder has"),
        allowMismatch,
        dryRun: switchFlag("show the design and what it can find, and make nothing"),
      },
      positional: { kind: "tuple", parameters: [word("ablation.yaml", "tasks, seeds and arms")] },
    },
  }),
  report: command({
    load: async () => (await import("../commands/ablate.ts")).report,
    brief: "what an ablation shows, from its folder or capsule alone",
    example: "aide report ablations/small",
    parameters: {
      flags: {
        allowMismatch,
        out: valueFlag("folder", "where page, tables and cells are written; beside the cells without"),
      },
      positional: { kind: "tuple", parameters: [word("folder|capsule.tar.zst", "of an ablation")] },
    },
  }),
  compare: command({
    load: async () => (await import("@aide-ts/ablation")).compareRuns,
    brief: "any runs beside any others, paired where task and seed agree",
    example: "aide compare logs/before logs/after",
    parameters: { flags: { allowMismatch }, positional: words("run|folder", "a group of runs each", 1) },
  }),
  capsule: command({
    load: async () => (await import("../commands/ablate.ts")).capsule,
    brief: "pack all that an ablation's report needs into one file",
    details: "Plan, logs and grades, without data, model and labels.",
    example: "aide capsule ablations/small --out small.tar.zst",
    parameters: {
      flags: { out: valueFlag("file.tar.zst", "the file to write; <folder>.tar.zst without") },
      positional: { kind: "tuple", parameters: [word("folder", "of an ablation")] },
    },
  }),
  power: command({
    load: async () => (await import("../commands/ablate.ts")).power,
    brief: "what the design of an ablation can find",
    example: "aide power configs/ablations/small.yaml",
    parameters: { positional: { kind: "tuple", parameters: [word("ablation.yaml", "tasks, seeds and arms")] } },
  }),
  cells: command({
    load: async () => (await import("../commands/ablate.ts")).cells,
    brief: "make cells of an ablation by their numbers, as launchers do",
    example: "aide cells ablations/small 0 1 2",
    parameters: {
      flags: {
        servers: valueFlag("file", "options of model servers that were started for them"),
        scripts: numberFlag("2", "so many scripts at a time on this machine, with those of other processes"),
      },
      positional: words("folder|number", "of an ablation, then numbers of cells", 2),
    },
  }),
  bench: group(
    { command: "bench", noun: "bench", brief: "compare strategies" },
    {
      repair: command({
        load: async () => (await import("../commands/bench.ts")).benchRepair,
        brief: "compare repair strategies on frozen drafts that failed",
        details: "The same command goes on where one was stopped.",
        example: "aide bench repair config.yaml --cases 5 --only resample,static-repair",
        parameters: {
          flags: {
            arms: valueFlag("file", "strategies of your own to compare"),
            only: valueFlag("a,b", "these strategies alone"),
            cases: valueFlag("n|names", "so many drafts, or those whose names begin so"),
            out: valueFlag("folder", "where results are kept; logs/repair-bench without"),
          },
          positional: configWords,
        },
      }),
    },
  ),
  pool: group(
    { command: "pool", noun: "pool action", brief: "what runs found, frozen; searches replayed on it" },
    {
      freeze: command({
        load: async () => (await import("../commands/pool.ts")).freeze,
        brief: "keep what runs of one task found",
        example: "aide pool freeze 0 1 2 --out pool.json",
        parameters: {
          flags: { out: valueFlag("pool.json", "the file to write") },
          positional: words("run", "runs of one task; the last run without"),
        },
      }),
      replay: command({
        load: async () => (await import("../commands/pool.ts")).replay,
        brief: "searches and selectors on frozen runs, without a model",
        example: "aide pool replay pool.json search=uct --steps 32 --seeds 100",
        usage:
          "<pool.json | smooth | capped | noisy | buggy> … [search=… key=value …] [--steps 32] [--seeds 100] [--json]",
        parameters: {
          flags: {
            steps: numberFlag("32", "steps of each search"),
            seeds: numberFlag("100", "searches to average over"),
            json: switchFlag("as JSON"),
          },
          positional: words("pool.json|landscape|key=value", "files of pools, landscapes, and keys of a config"),
        },
      }),
    },
  ),
};
