import { basename } from "node:path";
import { loadConfig, merge, parseOverrides, type ConfigSource, type Layer } from "@aide-ts/core";
import { digestOf, readRawConfig, type RawConfig } from "../config/raw-config.ts";
import { unmasked } from "../config/masked.ts";
import { secretValues } from "../host/secrets.ts";
import type { TaskStatement } from "../config/task-statement.ts";
import type { RunHost } from "../host/run-host.ts";
import { foundMetricIn, inRun, movedSource, readRecord, type RunRecord } from "../record/record.ts";
import type { RecordedConfig } from "../record/recorded-config.ts";
import { openTask } from "./open-task.ts";
import type { RunRequest } from "./request.ts";
import { secretMissing } from "../errors/run-folder.ts";

export interface RecordedTask {
  readonly record: RunRecord;
  /** What the run was asked to do: all of a request but who follows it. */
  readonly request: Omit<RunRequest, "host" | "observe" | "notify" | "signal">;
  /** A sentence for each thing that is not as it was. */
  readonly notes: readonly string[];
}

export interface RecordedOptions {
  /** Over the run's own config. */
  readonly overrides?: Layer;
  /** Take the config file as it is now, and not as it was. */
  readonly withFile?: boolean;
  /** No server will be asked: what is masked in the record may stay so. */
  readonly offline?: boolean;
}

/**
 * The task of a run from its folder: with the config that it was begun with, whatever became of the config file since.
 * @throws AIDE_RUN_UNREADABLE, AIDE_SECRET_MISSING, and what opening a task throws
 */
export const openRecordedTask = async (
  logs: string,
  host: RunHost,
  options: RecordedOptions = {},
): Promise<RecordedTask> => {
  const record = await readRecord(logs);
  const source = movedSource(record.source, (path) => inRun(logs, path));
  const { overrides = {} } = options;
  const { raw, statement, notes } =
    "args" in record.config
      ? await ofArguments(record.config.args, source, overrides, host)
      : await ofValues(record.config, logs, source, options, host);
  const asked = { statement: restates(overrides) ? undefined : statement, dataFolder: inRun(logs, record.data) };
  const { warnings: _known, ...task } = await openTask(raw, host, asked);
  return {
    record,
    notes,
    request: {
      ...task,
      folders: { name: basename(logs), logs, workspace: inRun(logs, record.workspace) },
      startedAt: Date.parse(record.started),
      initialScript: record.first,
      foundMetric: foundMetricIn(record),
      fork: record.fork,
      searchOf: record.searchOf === undefined ? undefined : inRun(logs, record.searchOf),
      origin: record.origin ?? task.origin,
    },
  };
};

interface Recorded {
  readonly raw: RawConfig;
  readonly statement: TaskStatement | undefined;
  readonly notes: readonly string[];
}

/** Of a run that recorded its command line alone: its file is read as it is now. */
const ofArguments = async (
  args: readonly string[],
  source: ConfigSource,
  overrides: Layer,
  host: RunHost,
): Promise<Recorded> => {
  const given = parseOverrides(args.filter((argument) => argument.includes("=")));
  const choice = source.kind === "file" ? source : "none";
  return {
    raw: { ...(await readRawConfig(choice, merge(given, overrides), host)), source },
    statement: undefined,
    notes: [],
  };
};

const ofValues = async (
  { values, overrides: begun, statement, file }: Exclude<RecordedConfig, { args: unknown }>,
  logs: string,
  source: ConfigSource,
  { overrides = {}, withFile = false, offline = false }: RecordedOptions,
  host: RunHost,
): Promise<Recorded> => {
  const path = file === undefined ? undefined : inRun(logs, file.path);
  const today = path === undefined ? undefined : await fileNow(path, withFile, host.cwd);
  const asked = withFile && today !== undefined ? merge(today, begun) : values;
  const restored = unmasked(merge(asked, overrides), today ?? {});
  if (restored.masked.length > 0 && !offline) throw secretMissing(restored.masked);
  host.secrets.learn(secretValues(restored.values));
  const hasChanged = file !== undefined && (today === undefined || digestOf(today, host.secrets) !== file.digest);
  return {
    raw: {
      values: restored.values,
      overrides: merge(begun, overrides),
      file: file === undefined || path === undefined ? undefined : { ...file, path },
      source,
    },
    statement: withFile ? undefined : statement,
    notes:
      hasChanged && !withFile
        ? [
            `${path} ${today === undefined ? "is not there any more" : "has changed since the run was begun"}: the run goes on with the config that it was begun with${today === undefined ? "" : "; --with-config takes the file as it is now"}.`,
          ]
        : [],
  };
};

/** What the config file holds now; `undefined` where it cannot be read and need not be. */
const fileNow = async (path: string, isNeeded: boolean, cwd: string): Promise<Layer | undefined> => {
  try {
    return (await loadConfig(path, cwd)).layer;
  } catch (error) {
    if (isNeeded) throw error;
    return undefined;
  }
};

/** Whether overrides say anew what the task is. */
const restates = (overrides: Layer): boolean =>
  ["goal", "eval", "desc_file", "desc_str"].some((key) => key in overrides);
