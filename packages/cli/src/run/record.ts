import { readFile, stat, writeFile } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import { AideError, type Json } from "@aide-ts/plugin";
import { z } from "zod";

/** `run.json`: what a run was asked to do and what it ran on. Paths are kept relative to the run's folder, so that a moved tree still resumes. */
export interface RunRecord {
  readonly version: string;
  readonly started: string;
  /** The command line's arguments, with paths made relative to the run. */
  readonly config: Readonly<Record<string, unknown>>;
  readonly source: string;
  readonly data: string;
  readonly workspace: string;
  readonly seed: number;
  /** The resolved config, every default filled in; paths are told above. */
  readonly settings: Json;
  readonly task: Json;
  readonly models: Json;
  readonly environment: Json;
  readonly hardware: Json;
  readonly node: string;
  readonly prompts: Readonly<Record<string, string>>;
  readonly brief: string;
  readonly setup: string;
}

export const writeRecord = (logs: string, record: RunRecord): Promise<void> =>
  writeFile(join(logs, "run.json"), `${JSON.stringify(record, null, 2)}\n`);

/** @throws AIDE_RUN_UNREADABLE */
export const readRecord = async (logs: string): Promise<RunRecord> => {
  try {
    const record: unknown = JSON.parse(await readFile(join(logs, "run.json"), "utf8"));
    if (isRecord(record)) return record;
  } catch (cause) {
    throw unreadable(logs, cause);
  }
  throw unreadable(logs, undefined);
};

const isRecord = (value: unknown): value is RunRecord =>
  typeof value === "object" &&
  value !== null &&
  "config" in value &&
  "workspace" in value &&
  "data" in value &&
  "setup" in value;

const unreadable = (logs: string, cause: unknown): AideError =>
  new AideError({
    code: "AIDE_RUN_UNREADABLE",
    message: "This folder holds no run that could be read.",
    fix: "`aide runs` lists the runs; one that was stopped before it began must be started anew.",
    fault: "user",
    facts: { folder: logs },
    cause,
  });

const found = z.object({ metric: z.string(), because: z.string() });

/** How the metric was settled when the run was begun, so that a resumed run asks no model again. */
export const foundIn = ({ task }: RunRecord): z.output<typeof found> | undefined => found.safeParse(task).data;

/** Whether a run has got so far that it can be resumed. */
export const isBegun = (logs: string): Promise<boolean> =>
  stat(join(logs, "run.json")).then(
    () => true,
    () => false,
  );

export const fromRun = (logs: string, path: string): string => relative(logs, path);
export const inRun = (logs: string, path: string): string => resolve(logs, path);
