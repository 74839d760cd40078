import { relative } from "node:path";
import { isLayer, type Layer } from "@aide-ts/core";
import { z } from "zod";
import type { RawConfig } from "../config/raw-config.ts";
import type { TaskStatement } from "../config/task-statement.ts";

const layer = z.custom<Layer>(isLayer);

const statement = z.object({ goal: z.string(), evaluation: z.string(), description: z.string().exactOptional() });

const asValues = z.object({
  /** Config file and command line, before defaults. */
  values: layer,
  /** Of these, what came on top of the file. */
  overrides: layer,
  statement,
  /** The config file, relative to the run's folder, and the hash of what it held. */
  file: z.object({ path: z.string(), digest: z.string() }).exactOptional(),
});

/** As runs were recorded before: the command line alone, a file's content not among it. */
const asArguments = z.object({ args: z.array(z.string()) });

/** What `run.json` keeps of the config that a run was begun with. Secrets are masked. */
export const recordedConfig = z.union([asValues, asArguments]);

export type RecordedConfig = z.output<typeof recordedConfig>;

/** What a run that begins now in this folder keeps of its config. */
export const recordedConfigOf = (
  {
    raw: { values, overrides, file },
    statement: { description, ...words },
  }: { readonly raw: RawConfig; readonly statement: TaskStatement },
  logs: string,
): RecordedConfig => ({
  values,
  overrides,
  statement: description === undefined ? words : { ...words, description },
  ...(file === undefined ? {} : { file: { ...file, path: relative(logs, file.path) } }),
});
