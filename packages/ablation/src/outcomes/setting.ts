import { digest } from "@aide-ts/core";
import { readRecord } from "@aide-ts/run/record";

/** What a cell ran on: what must agree for cells to be compared. Hashes, but for what people read. */
export interface Setting {
  /** The task with its data, where these are known by a checksum. */
  readonly data: string;
  /** Model files, quantisation, context and server, as the servers told them. */
  readonly models: string;
  /** Names of the models, for people. */
  readonly modelNames: readonly string[];
  readonly packages: string;
  readonly hardware: string;
  readonly version: string;
}

/** @param folder of a run that was begun @throws AIDE_RUN_UNREADABLE */
export const settingOf = async (folder: string): Promise<Setting> => {
  const { task, origin, models, environment, hardware, version } = await readRecord(folder);
  return {
    data: digest({ task, checksum: origin?.["checksum"] ?? null }),
    models: digest(models),
    modelNames: Object.values(models).map((model) => nameIn(model)),
    packages: digest(environment),
    hardware: digest(hardware),
    version,
  };
};

const nameIn = (model: unknown): string =>
  typeof model === "object" && model !== null && "model" in model ? String(model.model) : "unknown";
