import type { Host, PrepareHost } from "./plugin.ts";

/** A task of a suite, known before its data are made. */
export interface SuiteTask {
  /** File-safe, and unique in its suite. */
  readonly name: string;
  /** One line. */
  readonly title: string;
  /** As `regression`, `binary`, `images`. */
  readonly kind: string;
  /** `development`, where prompts and defaults may be tuned; else the name of a sealed part, which runs under a frozen setup only. */
  readonly part: string;
  /** The task that this one is an obfuscated copy of. */
  readonly twinOf?: string;
  /** Of its prepared folder, where it is known. */
  readonly checksum?: string;
}

/**
 * A set of tasks with report labels, which no run may reach. A task's folder holds `task.yaml`, `public/` (what a run sees) and `private/` (what grades it).
 */
export interface TaskSuite {
  readonly tasks: readonly SuiteTask[];
  /** Writes the folder `<folder>/<name>` of each task named, the same bytes each time. Rejects with the signal's reason when that fires. */
  prepare(names: readonly string[], folder: string, signal: AbortSignal): Promise<void>;
}

/** What a suite of tasks is given. */
export interface TaskSuiteHost extends Host, Pick<PrepareHost, "variables" | "onProgress"> {
  /** The Python that scripts are run by, with its packages. */
  python(signal: AbortSignal): Promise<string>;
}
