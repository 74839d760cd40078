import type { Json } from "./generation.ts";

/** A Python script. `files` lie beside it, by relative path. `seconds` may only shorten the executor's own limit. */
export interface Script {
  readonly code: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly seconds?: number;
  /** The view of the task's data that becomes `./input`, as one fold of several; what all scripts see without. Evaluators alone choose one. */
  readonly data?: string;
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
  /** File-safe, as `x000012`. */
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
 * A program of the framework itself, as the one that reads a task's data: run by the scripts' Python, outside their limits. It answers each line of
 * JSON on its standard input with one on its standard output, and ends when the input does.
 */
export interface Program {
  /** A Python file; what lies beside it can be imported. */
  readonly file: string;
  /** Folders that it reads and that it writes, which it knows by these paths wherever scripts run. */
  readonly reads: readonly string[];
  readonly writes: readonly string[];
}

export interface RunningProgram extends AsyncDisposable {
  /** Sends a line, resolves with the line that answers it. Requests are answered in order. Rejects with an `AideError` when the program ends before. */
  request(line: string): Promise<string>;
}

/**
 * Runs one Python script under limits, in a folder of its own with `./input` (the task's data, or the view of them that it names, which it cannot change
 * for others), `./working` and `./submission`. Whatever the script does is an `Execution`; it rejects only when `call.signal` fires or when no script can
 * be run.
 */
export interface Executor extends AsyncDisposable {
  environment(signal: AbortSignal): Promise<Environment>;
  execute(script: Script, call: { readonly signal: AbortSignal }): Promise<Execution>;
  /** Starts a program of the framework. It is ended when it is disposed of, when the executor is, or when `call.signal` fires. */
  start(program: Program, call: { readonly signal: AbortSignal }): Promise<RunningProgram>;
  /** Rejects for a path that is not among the execution's artifacts. */
  read(execution: Execution, path: string): Promise<Uint8Array>;
}

/** The submission that a script left, of the two places that count, as a path among its artifacts; none where it left none there. */
export const submissionIn = ({ artifacts }: Pick<Execution, "artifacts">): string | undefined =>
  ["submission/submission.csv", "working/submission.csv"].find((path) => artifacts.includes(path));
