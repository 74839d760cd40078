import type { Evaluator, Task } from "./evaluation.ts";
import type { Executor } from "./execution.ts";
import type { Backend, Capability, Role } from "./generation.ts";
import type { Launcher, LauncherHost } from "./launcher.ts";
import type { Search } from "./search.ts";
import type { TaskSuite, TaskSuiteHost } from "./task-suite.ts";
import type { Strategy } from "./work.ts";

/** The version of this contract. A host loads plugins of its own major. */
export const API = { major: 1, minor: 8 } as const;

/** Standard Schema with Standard JSON Schema: any zod ≥ 4.2, never parsed by the host's own zod. */
export interface OptionsSchema<O> {
  readonly "~standard": {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown) => Checked<O> | Promise<Checked<O>>;
    readonly types?: { readonly input: unknown; readonly output: O } | undefined;
    readonly jsonSchema: { readonly input: (options: { readonly target: "draft-2020-12" }) => Record<string, unknown> };
  };
}

export type Checked<O> = { readonly value: O; readonly issues?: undefined } | { readonly issues: readonly Issue[] };

export interface Issue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

/** What backends are given. Strategies and searches get nothing: they cannot bypass `Work`. */
export interface Host {
  /** Kept between runs: models, Python environments. */
  readonly cacheFolder: string;
  readonly runFolder: string;
  env(name: string): string | undefined;
  log(line: string): void;
}

export interface ExecutorHost extends Host {
  /** What scripts see as `./input`. */
  readonly dataFolder: string;
  /** The folder of a view of the data, by the name in `Script.data`; undefined where there is none of that name. */
  readonly dataView: (name: string) => string | undefined;
  /** Where executions get their folders. */
  readonly workspaceFolder: string;
  /** Proposals worked on at a time: who runs scripts on one machine shares it among so many. A strategy that fans out may run more at once. */
  readonly slots: number;
  /** Where other runs of this machine run scripts too: who runs scripts on it waits for a turn before each, which counts for no limit. */
  readonly turns?: Turns | undefined;
  /**
   * A folder of runs that have the same data, where they share what scripts left: one that another run has run with the same limits is not run again, and takes as
   * long as it took there. An executor that does not share runs it.
   */
  readonly sharedFolder?: string | undefined;
  /** Of a process that makes several runs: what an executor keeps for the next run, as a warm interpreter, ends with it. Without, it ends with the executor. */
  readonly lifetime?: DisposableStack | undefined;
}

/** Scripts of several runs that share a machine. */
export interface Turns {
  /** Scripts of all runs that run at once, and so share the cores. */
  readonly atOnce: number;
  /** Waits until a script may start; disposed of when it has ended. Rejects with the signal's reason when that fires. */
  take(signal: AbortSignal): Promise<AsyncDisposable>;
}

/** The file that a script must write, and the rows that it must hold. */
export interface SubmissionFormat {
  /** Header, in order; a column without a name is `""`. */
  readonly columns: readonly string[];
  /** The columns that together name a row, in the order of a key's parts; none where rows count by their order. */
  readonly id: readonly string[];
  /** Every row's id (the parts of one of several columns are separated by a tab), or its number from 0 without an id column, in order. */
  readonly keys: readonly string[];
  /** `value`: the target's values. `probability`: of the positive class. `class-probabilities`: a column for each class. */
  readonly kind: "value" | "probability" | "class-probabilities";
  /** Columns of the training table to predict; for `value` the answer columns (those that are no id) are theirs, in this order. */
  readonly targets: readonly string[];
  /**
   * The target's classes as the data writes them, where it has classes: for `class-probabilities` in the order of the answer columns, which may be named
   * otherwise; else in a fixed order, of two the positive one last.
   */
  readonly classes?: readonly string[];
}

/** Labels of the search rows, known to evaluators only: they never lie in a folder that a script can reach. */
export interface HeldOut {
  /** Key of the row in the submission → true values, one for each target; `""` for a target that is unknown in this row. */
  readonly truth: ReadonlyMap<string, readonly string[]>;
  /** Labels of the training rows, for the trivial predictor; of a long table a sample. */
  readonly train: readonly (readonly string[])[];
}

/** A further part of the labelled rows, which a view of the data holds back: `data` is its name, as in `Script.data`. */
export interface Fold {
  readonly data: string;
  readonly submission: SubmissionFormat;
  readonly heldOut: HeldOut;
}

/** What a metric of the user's own gives: the score of the rows held back, its standard error, and the best that a constant gets. */
export type OwnScore =
  | { readonly ok: true; readonly value: number; readonly error?: number; readonly trivial?: number }
  | { readonly ok: false; readonly problem: string };

export interface EvaluatorHost extends Host {
  readonly task: Task;
  readonly submission?: SubmissionFormat;
  readonly heldOut?: HeldOut;
  /** Beside the rows of `heldOut`, which all scripts predict; the same for all solutions of a run, and for all runs of a seed. */
  readonly folds?: readonly Fold[];
  /** Scores a submission's rows, of a fold or of those that all scripts predict, where the task has a metric of its own, which takes the place of the library's. */
  readonly score?: (rows: ReadonlyMap<string, readonly string[]>, fold?: Fold) => Promise<OwnScore>;
}

/** Open to declaration merging. */
export interface Kinds {
  strategy: Strategy;
  search: Search;
  evaluator: Evaluator;
  backend: Backend;
  executor: Executor;
  "task-suite": TaskSuite;
  launcher: Launcher;
}

export type Kind = keyof Kinds;

export interface Hosts {
  strategy: undefined;
  search: undefined;
  evaluator: EvaluatorHost;
  backend: Host;
  executor: ExecutorHost;
  "task-suite": TaskSuiteHost;
  launcher: LauncherHost;
}

export type HostOf<K extends Kind> = K extends keyof Hosts ? Hosts[K] : Host;

/** A capability that the role's backend must have, one of `anyOf`. */
export interface Need {
  readonly role?: Role;
  readonly anyOf: readonly Capability[];
}

/** Least and most of something; the most may be without end. */
export type Range = readonly [least: number, most: number];

/** What a strategy does for one proposal: for composition checks, and for what a step may cost. */
export interface Shape {
  /** Model calls of its own. */
  readonly generations: Range;
  /** Calls of the next one. */
  readonly next: Range;
  /** Operators for which it never calls the next one. */
  readonly replaces?: readonly string[];
  /** The only operators that it works on: what is asked with another one goes through as it came. All without. */
  readonly operators?: readonly string[];
  /** Operators that it asks the next one for in place of others, as `{ draft: "segment" }`. */
  readonly asks?: Readonly<Record<string, string>>;
  /** Calls that become of one call of the inner ones, where it wraps their `generate`; 1 without. */
  readonly perCall?: Range;
  /** Roles of the calls of its own; the code role without. */
  readonly roles?: readonly Role[];
}

/** How preparing goes, for a person who waits. */
export type PrepareProgress =
  /** A sentence: what is downloaded or installed, how large it is, how long that takes. */
  | { readonly kind: "line"; readonly text: string }
  | { readonly kind: "download"; readonly bytes: number; readonly total: number; readonly bytesPerSecond: number }
  /** Something that could not be made ready, and that the plugin can do without. */
  | { readonly kind: "left-out"; readonly what: string; readonly why: string; readonly fix: string };

/** What a plugin is given to make itself ready. */
export interface PrepareHost extends Pick<Host, "cacheFolder"> {
  /** The caller's environment variables: installers need to know how to reach the network. */
  readonly variables: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: PrepareProgress) => void;
}

export interface Plugin<K extends Kind, O> {
  readonly kind: K;
  readonly name: string;
  /** One line that says what it does, for lists. */
  readonly summary?: string;
  readonly options: OptionsSchema<O>;
  needs?(options: O): readonly Need[];
  shape?(options: O): Shape;
  /** Full name (`reflection/critique`) → text with `{{slots}}`. A config may override each. */
  readonly prompts?: Readonly<Record<string, string>>;
  /**
   * Of backends and executors: brings what a new machine lacks, as packages or a model, before the first use. Called before each run, so it is quick where all
   * is there. Rejects with the signal's reason when that fires.
   */
  prepare?(options: O, host: PrepareHost): Promise<void>;
  /**
   * Of backends: makes sure that the model server which the options name answers, or starts the one that each run would start for itself, so that
   * many runs of this machine use it. Gives the options of those runs where they are others; nothing where each run has a model of its own.
   */
  share?(options: O, host: Host, signal: AbortSignal): Promise<SharedServer<O> | undefined>;
  create(options: O, host: HostOf<K>): Kinds[K];
}

/** A model server that several runs use. It ends when this is disposed of, and with this process, however that ends. */
export interface SharedServer<O> extends AsyncDisposable {
  readonly options: O;
}

export interface BuiltWith {
  readonly builtWith: { readonly major: number; readonly minor: number };
}

/** What a package exports by default: one, or a list (`use: pack#name`). */
export type AnyPlugin = { [K in Kind]: Plugin<K, unknown> & BuiltWith }[Kind];

/** Stamps the contract version of the copy the author built with; the host compares, the author writes nothing. */
export const definePlugin = <K extends Kind, O>(plugin: Plugin<K, O>): Plugin<K, O> & BuiltWith => ({
  ...plugin,
  builtWith: API,
});
