import { tmpdir } from "node:os";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import {
  type Environment,
  type Execution,
  type Executor,
  type Program,
  type RunningProgram,
  type Script,
  type Turns,
  orAborted,
} from "@aide-ts/plugin";
import { asExecution } from "./ending/execution.ts";
import { listArtifacts, readArtifact } from "./folder/artifacts.ts";
import { folderOf, type DataFolders } from "./folder/data.ts";
import { asFolderError } from "./folder/file-errors.ts";
import { checkRoom } from "./folder/full-disk.ts";
import { clearFolder, fillFolder, makeTemporaryFolder, takeFolder, type ExecutionFolder } from "./folder/folder.ts";
import { removeTree } from "./folder/remove-tree.ts";
import { removeRecord, sweep, writeRecord } from "./folder/running-record.ts";
import { SharedExecutions } from "./folder/shared-executions.ts";
import { checkFiles } from "./folder/script-files.ts";
import type { Launcher } from "./launcher.ts";
import { portablePaths } from "./output/portable-paths.ts";
import { runScript, type ScriptResult } from "./run-script.ts";
import { runningProgram } from "./running-program.ts";
import { scriptVariables } from "./script-variables.ts";
import { slotsOf, type Slots } from "./slots.ts";
import { executorClosed, pythonBroken } from "./errors.ts";

/** What a script may use. */
export interface Limits {
  /** Wall-clock limit of one script. */
  readonly seconds: number;
  /** Seconds between the interrupt and the kill of a script that ran too long. */
  readonly grace: number;
  /** Bytes of output kept, half from each end. */
  readonly outputBytes: number;
  /** Address space of one process in bytes; a share of the machine's memory without, or none where there is a GPU. */
  readonly memory?: number | undefined;
  /** Threads of numeric libraries in one script; all cores, shared among `concurrency`, without. */
  readonly threads?: number | undefined;
  /** Keep all that scripts leave in `./working`, not only `working/submission.csv`. */
  readonly keepWorking: boolean;
}

export interface Machine {
  readonly cpus: number;
  readonly memoryBytes: number;
  readonly gpus: readonly string[];
}

/** The interpreter that scripts run in, as a launched command names it. */
export interface ScriptPython {
  readonly python: string;
  readonly version: string;
  readonly packages: Environment["packages"];
  /** Packages that are installed and cannot be imported. */
  readonly problems: readonly { readonly name: string; readonly error: string; readonly fix: string }[];
}

export interface ExecutorSettings {
  readonly launcher: Launcher;
  readonly limits: Limits;
  readonly data: DataFolders;
  readonly workspaceFolder: string;
  /** Scripts that run at once and share the cores. */
  readonly concurrency: number;
  /** Of scripts of other executors of this machine. */
  readonly turns?: Turns | undefined;
  /** Where runs with the same data share what scripts left. */
  readonly sharedFolder?: string | undefined;
  readonly env: (name: string) => string | undefined;
  readonly python: (signal: AbortSignal) => Promise<ScriptPython>;
  readonly machine: () => Promise<Machine>;
}

interface Ready {
  readonly python: ScriptPython;
  readonly machine: Machine;
  /** Address space of a script in bytes, 0 for no limit. */
  readonly memory: number;
}

const shareOfMemory = 0.75;

/** The program that runs a script as `__main__` under limits and reports how it ended on descriptor 3; what lies beside it is imported. The same path from `src` and from `dist`. */
export const runner = fileURLToPath(new URL("../python/runner.py", import.meta.url));

/** Runs scripts in folders of their own, several at once if asked to, by processes that a launcher starts. */
export class ScriptExecutor implements Executor {
  readonly #settings: ExecutorSettings;
  /** Scripts that each take all cores for themselves slow one another down many times over. */
  readonly #inSlot: Slots;
  readonly #closing = new AbortController();
  readonly #swept: Promise<void>;
  readonly #shared: SharedExecutions | undefined;
  readonly #executions = new Set<Promise<unknown>>();
  #ready: Promise<Ready> | undefined;

  constructor(settings: ExecutorSettings) {
    this.#settings = settings;
    this.#inSlot = slotsOf(settings.concurrency);
    const { sharedFolder, workspaceFolder } = settings;
    this.#shared = sharedFolder === undefined ? undefined : new SharedExecutions(sharedFolder, workspaceFolder);
    this.#swept = sweep(settings.workspaceFolder, settings.launcher);
    // A failure is reported by the first execution, which waits for the sweep.
    this.#swept.catch(() => {});
  }

  async environment(signal: AbortSignal): Promise<Environment> {
    const { python, machine, memory } = await this.#prepare(signal);
    const { limits } = this.#settings;
    return {
      python: python.version,
      packages: python.packages,
      cpus: limits.threads ?? machine.cpus,
      memoryBytes: memory > 0 ? Math.min(memory, machine.memoryBytes) : machine.memoryBytes,
      gpus: machine.gpus,
      seconds: limits.seconds,
      details: {
        platform: `${process.platform}-${process.arch}`,
        machineMemoryBytes: machine.memoryBytes,
        unusable: python.problems.map((problem) => ({ ...problem })),
      },
    };
  }

  execute(script: Script, call: { readonly signal: AbortSignal }): Promise<Execution> {
    const execution = this.#execute(script, AbortSignal.any([call.signal, this.#closing.signal]));
    this.#executions.add(execution);
    const forget = (): void => void this.#executions.delete(execution);
    execution.then(forget, forget);
    return execution;
  }

  async start(program: Program, call: { readonly signal: AbortSignal }): Promise<RunningProgram> {
    const signal = AbortSignal.any([call.signal, this.#closing.signal]);
    const { python, machine } = await this.#prepare(signal);
    const { limits, env, launcher } = this.#settings;
    const variables = scriptVariables({
      folder: dirname(program.file),
      temporaryFolder: tmpdir(),
      pythonBin: dirname(python.python),
      threads: limits.threads ?? machine.cpus,
      env,
    });
    signal.throwIfAborted();
    const launched = launcher.program({ program: python.python, args: [program.file], variables }, program);
    return runningProgram(launched, python.python, signal);
  }

  read(execution: Execution, path: string): Promise<Uint8Array> {
    return readArtifact(this.#settings.workspaceFolder, execution, path);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort(executorClosed());
    await Promise.allSettled([...this.#executions, this.#ready]);
    this.#settings.launcher[Symbol.dispose]();
  }

  /** Shared by all callers: one of them that gives up must not end it for the others. */
  #prepare(signal: AbortSignal): Promise<Ready> {
    this.#ready ??= this.#start().catch((error: unknown) => {
      this.#ready = undefined;
      throw error;
    });
    return orAborted(this.#ready, signal);
  }

  async #start(): Promise<Ready> {
    const [python, machine] = await Promise.all([
      this.#settings.python(this.#closing.signal),
      this.#settings.machine(),
    ]);
    // Drivers of GPUs reserve far more address space than they use.
    const byDefault = machine.gpus.length > 0 ? 0 : Math.floor(shareOfMemory * machine.memoryBytes);
    return { python, machine, memory: this.#settings.limits.memory ?? byDefault };
  }

  async #execute(script: Script, signal: AbortSignal): Promise<Execution> {
    signal.throwIfAborted();
    checkFiles(script.files ?? {});
    const dataFolder = folderOf(this.#settings.data, script.data);
    const ready = await this.#prepare(signal);
    try {
      await this.#swept;
      const run = (): Promise<Execution> =>
        this.#inSlot(async () => {
          await using _turn = await this.#settings.turns?.take(signal);
          const folder = await takeFolder(this.#settings.workspaceFolder);
          return await this.#executeIn(folder, script, dataFolder, ready, signal);
        }, signal);
      if (this.#shared === undefined) return await run();
      const { version, packages } = ready.python;
      const limits = { ...this.#settings.limits, memory: ready.memory, threads: this.#threads(ready) };
      return await this.#shared.once(script, { version, packages, limits }, run, signal);
    } catch (error) {
      throw signal.aborted ? signal.reason : asFolderError(error, this.#settings.workspaceFolder);
    }
  }

  #threads({ machine }: Ready): number {
    const { limits, concurrency, turns } = this.#settings;
    const atOnce = Math.max(concurrency, turns?.atOnce ?? 1);
    return limits.threads ?? Math.max(1, Math.floor(machine.cpus / atOnce));
  }

  async #executeIn(
    folder: ExecutionFolder,
    script: Script,
    dataFolder: string,
    ready: Ready,
    signal: AbortSignal,
  ): Promise<Execution> {
    const { limits } = this.#settings;
    const seconds = Math.min(script.seconds ?? limits.seconds, limits.seconds);
    const temporaryFolder = await makeTemporaryFolder(folder);
    await writeRecord(folder);
    let result: ScriptResult;
    try {
      await fillFolder(folder, script, dataFolder);
      result = await this.#run(folder, temporaryFolder, seconds, ready, signal);
      await checkRoom(result, folder.path);
    } finally {
      await clearFolder(folder.path, limits);
      await removeTree(temporaryFolder);
      await removeRecord(folder);
    }
    const artifacts = await listArtifacts(folder.path);
    return asExecution(folder.id, result, seconds, artifacts, portablePaths(folder.path, temporaryFolder));
  }

  async #run(
    folder: ExecutionFolder,
    temporaryFolder: string,
    seconds: number,
    ready: Ready,
    signal: AbortSignal,
  ): Promise<ScriptResult> {
    const { launcher, limits, env } = this.#settings;
    const { python } = ready.python;
    let recorded: Promise<void> | undefined;
    try {
      const result = await runScript({
        launcher,
        python,
        runner,
        folder: folder.path,
        variables: scriptVariables({
          folder: folder.path,
          temporaryFolder,
          pythonBin: dirname(python),
          threads: this.#threads(ready),
          env,
        }),
        memory: ready.memory,
        seconds,
        grace: limits.grace,
        outputBytes: limits.outputBytes,
        signal,
        onStart: (handle) => {
          // Without it a sweep still finds the processes by their mark.
          recorded = handle.then((found) => writeRecord(folder, found)).catch(() => {});
        },
      });
      if (!result.report.started && result.exit.signal === null && !result.exit.timedOut)
        throw pythonBroken(python, result.output);
      return result;
    } finally {
      await recorded;
    }
  }
}
