import type { Shell } from "../command-line.ts";
import { findRun } from "./folders.ts";
import { readConfig } from "./read-config.ts";
import { argumentsOf, foundIn, inRun, readRecord, type RunRecord } from "./record.ts";
import type { RunRequest } from "./run-task.ts";

export interface Reopened {
  readonly logs: string;
  readonly record: RunRecord;
  /** What the run is asked to do. */
  readonly asked: Pick<
    RunRequest,
    "config" | "goal" | "evaluation" | "description" | "found" | "source" | "dataFolder" | "first"
  >;
}

/** A run's config as it was begun, from its own arguments and its config file as it is now; `overrides` come on top. */
export const reopen = async (
  wanted: string | undefined,
  shell: Pick<Shell, "cwd" | "secrets" | "env">,
  overrides: readonly string[] = [],
): Promise<Reopened> => {
  const logs = await findRun(wanted, shell.cwd);
  const record = await readRecord(logs);
  const kept = argumentsOf(record);
  const source = inRun(logs, record.source);
  const files = kept.filter((argument) => !argument.includes("=")).map(() => source);
  const keys = kept.filter((argument) => argument.includes("="));
  const { config, goal, evaluation, description } = await readConfig([...files, ...keys, ...overrides], shell);
  const dataFolder = inRun(logs, record.data);
  const asked = {
    config,
    goal,
    evaluation,
    description,
    found: foundIn(record),
    source,
    dataFolder,
    first: record.first,
  };
  return { logs, record, asked };
};
