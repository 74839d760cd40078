import type { Host } from "./plugin.ts";

/** A run to be made. */
export interface LaunchedRun {
  /** What the command knows it by. */
  readonly number: number;
  /** The arm that it belongs to: arms may need other resources. */
  readonly arm: string;
}

/** Runs to be made, each by a process that needs nothing but its number. */
export interface Launch {
  /**
   * A program and its arguments, to which numbers of runs are added. It makes them one after the other, leaves out what is made already or
   * what another process makes, and can be killed at any time: what became of a run is in its folder. Asked to stop by SIGINT it ends with 130.
   */
  readonly command: readonly string[];
  /** In the order in which they should be begun. */
  readonly runs: readonly LaunchedRun[];
}

/** Starts the processes that make the runs of an ablation, on this machine or another that sees its folder. */
export interface Launcher extends AsyncDisposable {
  /**
   * Processes at a time where all of them run on this machine and end with the launcher: they can use one model server, and take turns on the cores.
   * Without, each process starts what it needs, and has its cores for itself.
   */
  readonly processesHere?: number | undefined;
  /**
   * Resolves when no process of it is left, however they ended: the host looks into the folders, and launches again what is missing. Rejects
   * with the signal's reason when that fires, after its processes were asked to stop; with an `AideError` where none can be started.
   */
  launch(launch: Launch, signal: AbortSignal): Promise<void>;
}

/** What launchers are given. */
export interface LauncherHost extends Host {
  /** Processes at a time that the user asked for; the launcher's own default without. */
  readonly jobs: number | undefined;
  /** For what the processes print, and scripts of a scheduler. */
  readonly launchFolder: string;
  /** Environment variables of the processes. */
  readonly variables: Readonly<Record<string, string>>;
  readonly onProgress: (line: string) => void;
}
