import type { Kind } from "@aide-ts/plugin";

/** What a scaffold of a kind has beside what all have. */
export interface PluginKind {
  readonly kind: Kind;
  /** What its packages are called by, as `aide-<prefix>-<name>`. */
  readonly prefix: string;
  /** One line, for the question. */
  readonly what: string;
  /** Packages of aide that it is built on. */
  readonly dependencies: readonly string[];
  /** The command that runs the example. */
  readonly example: string;
}

const usual = { dependencies: [], example: "aide run" } as const;

export const pluginKinds: readonly PluginKind[] = [
  { ...usual, kind: "strategy", prefix: "strategy", what: "wraps what writes a script: plans, reviews, tries again" },
  { ...usual, kind: "search", prefix: "strategy", what: "chooses what to work on next" },
  { ...usual, kind: "backend", prefix: "backend", what: "a model that generates text" },
  {
    ...usual,
    kind: "executor",
    prefix: "executor",
    what: "runs scripts somewhere",
    dependencies: ["@aide-ts/executor-local"],
  },
  { ...usual, kind: "evaluator", prefix: "evaluator", what: "judges what a script did" },
  {
    ...usual,
    kind: "launcher",
    prefix: "launcher",
    what: "starts the processes of an ablation",
    example: "aide ablate ablation.yaml",
  },
  {
    ...usual,
    kind: "task-suite",
    prefix: "task-suite",
    what: "tasks with report labels",
    example: "aide tasks prepare CONFIG_NAME",
  },
];

export const kindNames: readonly string[] = pluginKinds.map(({ kind }) => kind);

/** A kind by its name; the words of `task suite` may be apart. */
export const kindNamed = (name: string): PluginKind | undefined =>
  pluginKinds.find(({ kind }) => kind === name.trim().toLowerCase().replaceAll(/\s+/g, "-"));
