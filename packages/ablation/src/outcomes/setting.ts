import { digest } from "@aide-ts/core";
import { withoutAddress, type RunRecord } from "@aide-ts/run/record";

/** What a cell ran on: what must agree for cells to be compared, as digests. */
export interface Setting {
  /** The task with its data, where these are known by a checksum. */
  readonly data: string;
  /** Model files, quantisation, context and server, as the servers report them. */
  readonly models: string;
  readonly packages: string;
  readonly hardware: string;
  readonly version: string;
}

export const settingOf = ({ task, origin, models, environment, hardware, version }: RunRecord): Setting => ({
  data: digest({ task, checksum: origin?.["checksum"] ?? null }),
  models: digest(withoutAddress(models)),
  packages: digest(environment),
  hardware: digest(hardware),
  version,
});
