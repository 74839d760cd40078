import { digest } from "@aide-ts/core";
import { readRecord } from "@aide-ts/run/record";

/** What a cell ran on: what must agree for cells to be compared. */
export interface Setting {
  /** The task with its data, where these are known by a checksum. */
  readonly data: string;
  /** Model files, quantisation, context and server, as the servers report them. */
  readonly models: string;
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
    packages: digest(environment),
    hardware: digest(hardware),
    version,
  };
};
