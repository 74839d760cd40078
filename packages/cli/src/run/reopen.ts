import type { Shell } from "../command-line.ts";
import { findRun } from "./folders.ts";
import { readConfig, type ReadConfig } from "./read-config.ts";
import { argumentsOf, inRun, readRecord, type RunRecord } from "./record.ts";

export interface Reopened extends ReadConfig {
  readonly logs: string;
  readonly record: RunRecord;
  readonly source: string;
}

/** A run's config as it was begun, from its own arguments and its config file as it is now; `overrides` come on top. */
export const reopen = async (
  wanted: string | undefined,
  shell: Pick<Shell, "cwd" | "secrets">,
  overrides: readonly string[] = [],
): Promise<Reopened> => {
  const logs = await findRun(wanted, shell.cwd);
  const record = await readRecord(logs);
  const kept = argumentsOf(record);
  const source = inRun(logs, record.source);
  const files = kept.filter((argument) => !argument.includes("=")).map(() => source);
  const keys = kept.filter((argument) => argument.includes("="));
  return { ...(await readConfig([...files, ...keys, ...overrides], shell)), logs, record, source };
};
