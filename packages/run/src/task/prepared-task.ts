import type { RunConfig } from "@aide-ts/core";
import type { Dataset, FinalPlan, PreparedData, Reads, Roles } from "@aide-ts/data";
import type { ResolvedTask, TaskWords } from "@aide-ts/evaluation";
import type { Executor } from "@aide-ts/plugin";
import type { UnpackedFolder } from "./unpacked-folder.ts";

/** A task whose metric is known, and with it whether its target holds classes or numbers. */
export interface TaskWithClasses extends ResolvedTask {
  readonly classes: boolean;
}

export interface PreparedTask {
  readonly resolved: TaskWithClasses;
  /** Of the user's own folder. */
  readonly roles: Roles | undefined;
  readonly data: PreparedData | undefined;
  /** The tables as scripts find them in `./input`. */
  readonly dataset: Dataset;
  /** Their roles there: the rows to predict have a file of their own where the user gave none. */
  readonly inputRoles: Roles | undefined;
  /** Arguments that scripts need to read them. */
  readonly reads: Reads;
  /** The user's data with archives unpacked: what the final run sees. */
  readonly wholeFolder: string;
  readonly finalPlan: FinalPlan | undefined;
  /** The data without the labels that are held back: what scripts see as `./input`. */
  readonly inputFolder: string;
  /** What a user should know of the data, a line each. */
  readonly notes: readonly string[];
}

/** Asks a model which metric the words mean; `undefined` where it means none that is known. */
export type AskMetric = (words: TaskWords) => Promise<TaskWords["found"]>;

export type TaskConfig = Pick<
  RunConfig,
  "target" | "id" | "roles" | "positive" | "metric" | "direction" | "holdout" | "leaks" | "preprocess_data" | "seed"
>;

export interface TaskPlace {
  readonly dataFolder: string;
  /** Archives of the user's data are unpacked here; whoever gives it keeps it as long as the prepared task is used. */
  readonly unpacked: UnpackedFolder;
  readonly workspace: string;
  /** Folders that may lie beside the data and are no data. */
  readonly noData?: readonly string[];
  readonly executor: Pick<Executor, "start">;
  readonly signal: AbortSignal;
}

/** The words of a task, and what was found out of them elsewhere. */
export type GivenWords = Pick<TaskWords, "goal" | "evaluation" | "found"> & {
  readonly description?: string | undefined;
};
