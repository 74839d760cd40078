import type { Observer, RunConfig } from "@aide-ts/core";
import type { Backend, Turns } from "@aide-ts/plugin";
import type { Plugins } from "../compose/ready.ts";
import type { RawConfig } from "../config/raw-config.ts";
import type { TaskStatement } from "../config/task-statement.ts";
import type { RunHost, TaskOrigin } from "../host/run-host.ts";
import type { Fork } from "../record/record.ts";
import type { RunFolders } from "../record/folders.ts";

/** A task as a config has it, after everything is checked that can be before something is made. */
export interface OpenedTask {
  readonly raw: RawConfig;
  readonly config: RunConfig;
  /** Keys that have no effect, a sentence each. */
  readonly warnings: readonly string[];
  readonly plugins: Plugins;
  readonly statement: TaskStatement;
  readonly dataFolder: string;
  /** Where the task comes from, where the config names one. */
  readonly origin?: TaskOrigin | undefined;
}

/** A run to begin, or to continue where its folders hold one. */
export interface RunRequest extends Omit<OpenedTask, "warnings"> {
  readonly folders: RunFolders;
  /** When the run first began, in milliseconds since 1970. */
  readonly startedAt: number;
  /** The user's own script, completed as proposal 0. */
  readonly initialScript?: string | undefined;
  /** The metric that was found when the run was begun. */
  readonly foundMetric?: { readonly metric: string; readonly because: string } | undefined;
  readonly fork?: Fork | undefined;
  /** The folder of the run that made the search which this one took over. */
  readonly searchOf?: string | undefined;
  /** Under another setup: go on where all that was completed stays as it is, and do anew what was open. */
  readonly discardOpen?: boolean | undefined;
  readonly host: RunHost;
  readonly observe: Observer;
  /** What a person should read before the first step and between steps, a line each. */
  readonly notify: (line: string) => void;
  readonly signal: AbortSignal;
  /** Stands between the run and the backend of a role, as runs of one ablation share answers. */
  readonly throughBackend?: ((backend: Backend, role: string) => Backend) | undefined;
  /** Where other runs of this machine run scripts at the same time. */
  readonly turns?: Turns | undefined;
  /** Where runs with the same data share what scripts of their searches left. */
  readonly sharedFolder?: string | undefined;
  /** Of the process, where it makes several runs. */
  readonly lifetime?: DisposableStack | undefined;
}
