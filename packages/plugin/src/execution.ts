import type { Json } from "./json.ts";

/** A Python script. `files` lie beside it, by relative path. `seconds` may only shorten the executor's own limit. */
export interface Script {
  readonly code: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly seconds?: number;
}

export type Fate = "ok" | "exception" | "timeout" | "out-of-memory" | "crash" | "lost";

/** One level of a Python traceback, outermost first. `file` is relative to the script's folder where it lies below it. */
export interface Frame {
  readonly file: string;
  readonly line: number;
  readonly function: string;
  readonly source: string;
}

export interface Exception {
  readonly type: string;
  readonly message: string;
  readonly frames: readonly Frame[];
  /** Found by reading the script; it was not run. */
  readonly beforeRun?: true;
}

export interface Execution {
  readonly id: string;
  readonly fate: Fate;
  /** What the script, its children and C code printed, in order, both streams; the middle left out where it was long. */
  readonly output: string;
  readonly seconds: number;
  /** Files it left that `read` can give, relative to its folder. */
  readonly artifacts: readonly string[];
  readonly exception?: Exception;
}

/** Where scripts run: only what is really there, so that prompts can name it. */
export interface Environment {
  readonly python: string;
  readonly packages: readonly { readonly name: string; readonly version: string }[];
  readonly cpus: number;
  readonly memoryBytes: number;
  readonly gpus: readonly string[];
  /** The executor's wall-clock limit for one script, in seconds. */
  readonly seconds: number;
  readonly details: Json;
}

/**
 * Runs one Python script under limits, in a folder of its own with `./input` (the task's data, which it cannot change for others),
 * `./working` and `./submission`. Whatever the script does is an `Execution`; it rejects only when `call.signal` fires or when no script can be run.
 */
export interface Executor extends AsyncDisposable {
  environment(signal: AbortSignal): Promise<Environment>;
  execute(script: Script, call: { readonly signal: AbortSignal }): Promise<Execution>;
  /** Rejects for a path that is not among the execution's artifacts. */
  read(execution: Execution, path: string): Promise<Uint8Array>;
}
