import type { Layer } from "@aide-ts/core";
import type { Contrast, Levels } from "@aide-ts/statistics";
import type { AblationFile } from "./schema.ts";

export interface PlannedTask {
  /** In reports and folders. */
  readonly name: string;
  /** Keys of a run's config that describe it. */
  readonly values: Layer;
}

export interface Arm {
  readonly name: string;
  /** What it changes of the base. */
  readonly change: Layer;
  /** Of a factorial design. */
  readonly levels?: Levels | undefined;
}

/** All that is decided before the first cell. */
export interface Plan extends Pick<
  AblationFile,
  "outcome" | "tokens" | "drafts" | "steps" | "sequential" | "power" | "alpha" | "retries"
> {
  readonly name: string;
  readonly base: Layer;
  readonly tasks: readonly PlannedTask[];
  readonly seeds: readonly number[];
  readonly arms: readonly Arm[];
  readonly contrasts: readonly Contrast[];
}
