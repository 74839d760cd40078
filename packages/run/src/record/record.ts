import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, isAbsolute, join, relative, resolve } from "node:path";
import type { ConfigSource } from "@aide-ts/core";
import { reads, type Reads } from "@aide-ts/data/reads";
import { metricNamed } from "@aide-ts/evaluation";
import type { Json, Message, Task } from "@aide-ts/plugin";
import { z } from "zod";
import writeFileAtomic from "write-file-atomic";
import { recordedConfig, type RecordedConfig } from "./recorded-config.ts";
import type { Fingerprint } from "./fingerprint.ts";
import type { TaskOrigin } from "../host/run-host.ts";
import { runUnreadable } from "../errors/run-folder.ts";

/** Where a fork leaves the run that it shares the past with, and what it asks there. */
export interface Fork {
  readonly of: string;
  readonly at: string;
  readonly messages: readonly Message[];
}

/** Prompts that a run asks in place of what its strategies write, by place. */
export const promptOverridesOf = (fork: Fork | undefined): ReadonlyMap<string, readonly Message[]> =>
  new Map(fork === undefined ? [] : [[fork.at, fork.messages]]);

/** `run.json`: what a run was asked to do and what it ran on. Paths are kept relative to the run's folder, so that a moved tree still resumes. */
export interface RunRecord extends Fingerprint {
  readonly version: string;
  readonly started: string;
  /** The config as it was begun with. */
  readonly config: RecordedConfig;
  readonly source: ConfigSource;
  readonly data: string;
  readonly workspace: string;
  readonly seed: number;
  readonly hardware: Json;
  readonly node: string;
  /** Hash of the setup. */
  readonly setup: string;
  /** Setups under which the run was worked on before. */
  readonly earlier: readonly {
    readonly version: string;
    readonly setup: string;
    readonly differed: readonly string[];
  }[];
  readonly fork?: Fork;
  /** The run that made the search; this one only ended it in another way. */
  readonly searchOf?: string;
  /** Where the task comes from, where the config names one: what graders and reports need. */
  readonly origin?: TaskOrigin;
}

export const writeRecord = (logs: string, record: RunRecord, mask: (text: string) => string): Promise<void> =>
  writeFileAtomic(join(logs, "run.json"), `${mask(JSON.stringify(record, null, 2))}\n`);

/** The file is JSON, so all that it holds is. */
const json = z.custom<Json>(() => true);
const jsonObject = z.record(z.string(), json);

/** Earlier versions kept a path, whose last part was "command line" where there was no file. */
const recordedSource = z.union([
  z.object({ kind: z.literal("file"), path: z.string() }),
  z.object({ kind: z.literal("command line"), folder: z.string() }),
  z
    .string()
    .transform((path): ConfigSource =>
      basename(path) === "command line" ? { kind: "command line", folder: dirname(path) } : { kind: "file", path },
    ),
]);

const recordFile = z.looseObject({
  version: z.string(),
  started: z.string(),
  config: recordedConfig,
  source: recordedSource,
  data: z.string(),
  workspace: z.string(),
  seed: z.number(),
  settings: jsonObject,
  task: jsonObject,
  models: jsonObject,
  environment: jsonObject,
  hardware: json,
  node: z.string(),
  prompts: z.record(z.string(), z.string()),
  brief: z.string(),
  skeleton: z.string().default(""),
  reads: jsonObject.default({}),
  first: z
    .string()
    .transform((script) => script || undefined)
    .optional(),
  setup: z.string(),
  earlier: z.array(z.object({ version: z.string(), setup: z.string(), differed: z.array(z.string()) })).default([]),
  fork: z
    .object({
      of: z.string(),
      at: z.string(),
      messages: z.array(z.object({ role: z.enum(["system", "user", "assistant"]), content: z.string() })),
    })
    .exactOptional(),
  searchOf: z.string().exactOptional(),
  origin: jsonObject.exactOptional(),
});

/** @throws AIDE_RUN_UNREADABLE */
export const readRecord = async (logs: string): Promise<RunRecord> => {
  try {
    return recordFile.parse(JSON.parse(readFileSync(join(logs, "run.json"), "utf8")));
  } catch (cause) {
    throw runUnreadable(logs, cause);
  }
};

const recordedTask = z.object({
  goal: z.string(),
  metric: z.string(),
  direction: z.enum(["maximize", "minimize"]),
  split: z.object({ by: z.enum(["time", "group"]), column: z.string() }).exactOptional(),
});

export const taskIn = ({ task }: Pick<RunRecord, "task">): Task => recordedTask.parse(task);

/** The name of a task or competition, where the config named one. One of one's own is known by its folder, of which the path is nobody's business. */
export const taskNameIn = ({ origin }: Pick<RunRecord, "origin">): string | undefined => {
  const name = origin?.["task"] ?? origin?.["mlebench"];
  if (typeof name !== "string") return undefined;
  return isAbsolute(name) ? basename(name) : name;
};

/** Whether the run's target holds classes; where a record of an older version lacks it, it follows from the metric. */
export const classesIn = (record: Pick<RunRecord, "task">): boolean => {
  const classes = record.task["classes"];
  return typeof classes === "boolean" ? classes : metricNamed(taskIn(record).metric)?.input !== "number";
};

/** The arguments that scripts of a run need to read its files. */
export const readsOf = (record: Pick<RunRecord, "reads">): Reads => reads.parse(record.reads);

const found = z.object({ metric: z.string(), because: z.string() });

/** How the metric was found when the run was begun, so that a resumed run asks no model again. */
export const foundMetricIn = ({ task }: RunRecord): z.output<typeof found> | undefined => found.safeParse(task).data;

/** Whether a run has got so far that it can be resumed. */
export const isBegun = async (logs: string): Promise<boolean> => existsSync(join(logs, "run.json"));

export const fromRun = (logs: string, path: string): string => relative(logs, path);
/** With paths as a record keeps them, or as they are here. */
export const movedSource = (source: ConfigSource, moved: (path: string) => string): ConfigSource =>
  source.kind === "file" ? { ...source, path: moved(source.path) } : { ...source, folder: moved(source.folder) };

export const inRun = (logs: string, path: string): string => resolve(logs, path);
