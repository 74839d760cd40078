import type { Readable, Writable } from "node:stream";
import type { Json, Program } from "@aide-ts/plugin";

/** A program, its arguments, and all the variables that it sees. */
export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  readonly variables: Readonly<Record<string, string>>;
}

/** How a process ended: by itself with a code, or by a signal. */
export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

interface Launched {
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** Resolves when the process itself has ended; what it started may live on. */
  readonly ended: Promise<Exit>;
}

export interface LaunchedScript extends Launched {
  /** What the process writes to its descriptor 3. */
  readonly report: Readable;
  /** `SIGINT` reaches all that it started, `SIGUSR1` the process alone. No failure where nothing is left to reach. */
  signal(name: "SIGINT" | "SIGUSR1"): void;
  /** Kills the process and all that it started; resolves when nothing of it is left. */
  kill(): Promise<void>;
  /** By which `killLeft` finds it after this host died; undefined where it has ended. */
  handle(): Promise<Json | undefined>;
}

export interface LaunchedProgram extends Launched {
  readonly stdin: Writable;
  kill(): void;
}

/**
 * How processes are started: on this machine, in a container, by a scheduler. Both kinds of process get the variables of the command and nothing else of
 * the host's environment. Whatever still runs when the host's process exits is killed.
 */
export interface Launcher extends Disposable {
  /**
   * Starts a script with its folder as working folder: it writes there and nowhere else, as far as the launcher can see to that.
   * @throws AideError, or the system's own error, where it cannot be started
   */
  script(command: Command, folder: string): Promise<LaunchedScript>;
  /** Starts a program of the framework, which answers lines on its standard input, and reads and writes the folders that are named. */
  program(command: Command, program: Program): LaunchedProgram;
  /** Kills what a host that died left running in this folder. `handle` is what it had recorded, undefined where it died before. */
  killLeft(folder: string, handle: Json | undefined): Promise<void>;
}
