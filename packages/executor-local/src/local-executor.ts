import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import {
  AideError,
  type Environment,
  type Exception,
  type Execution,
  type Executor,
  type Program,
  type RunningProgram,
  type Script,
} from "@aide-ts/plugin";
import { listArtifacts, readArtifact } from "./execution/artifacts.ts";
import { childEnvironment } from "./execution/child-environment.ts";
import { decideFate } from "./execution/fate.ts";
import {
  clearFolder,
  fillFolder,
  isId,
  makeTemporaryFolder,
  takeFolder,
  type ExecutionFolder,
} from "./execution/folder.ts";
import { orAborted } from "./execution/or-aborted.ts";
import { withoutPlaces } from "./execution/places.ts";
import { signalGroup } from "./execution/process-tree.ts";
import { removeTree } from "./execution/remove-tree.ts";
import { removeRecord, sweep, writeRecord } from "./execution/running-record.ts";
import { runProcess, type ProcessResult } from "./execution/run-process.ts";
import { startProgram } from "./execution/running-program.ts";
import { checkFiles } from "./execution/script-files.ts";
import { slotsOf, type Slots } from "./execution/slots.ts";
import { asFolderError } from "./machine/file-errors.ts";
import type { LocalOptions } from "./options.ts";
import { asset } from "./python/shipped.ts";
import type { PythonEnvironment } from "./python/ready.ts";

interface Machine {
  readonly cpus: number;
  readonly memoryBytes: number;
  readonly gpus: readonly string[];
}

export interface LocalSettings {
  readonly options: LocalOptions;
  readonly dataFolder: string;
  readonly workspaceFolder: string;
  /** Scripts that run at once and share the cores. */
  readonly concurrency: number;
  readonly env: (name: string) => string | undefined;
  readonly python: (signal: AbortSignal) => Promise<PythonEnvironment>;
  readonly machine: () => Promise<Machine>;
}

interface Ready {
  readonly python: PythonEnvironment;
  readonly machine: Machine;
  /** Address space of a script in bytes, 0 for no limit. */
  readonly memory: number;
}

const SHARE_OF_MEMORY = 0.75;

/** Runs scripts as child processes of this one, several at once if asked to. */
export class LocalExecutor implements Executor {
  readonly #settings: LocalSettings;
  /** Scripts that each take all cores for themselves slow one another down many times over. */
  readonly #inSlot: Slots;
  readonly #closing = new AbortController();
  readonly #swept: Promise<void>;
  readonly #groups = new Set<number>();
  readonly #executions = new Set<Promise<unknown>>();
  #ready: Promise<Ready> | undefined;

  constructor(settings: LocalSettings) {
    this.#settings = settings;
    this.#inSlot = slotsOf(settings.concurrency);
    this.#swept = sweep(settings.workspaceFolder);
    // A failure is reported by the first execution, which waits for the sweep.
    this.#swept.catch(() => {});
    process.on("exit", this.#killGroups);
  }

  async environment(signal: AbortSignal): Promise<Environment> {
    const { python, machine, memory } = await this.#prepare(signal);
    const { options } = this.#settings;
    return {
      python: python.version,
      packages: python.packages,
      cpus: options.threads ?? machine.cpus,
      memoryBytes: memory > 0 ? Math.min(memory, machine.memoryBytes) : machine.memoryBytes,
      gpus: machine.gpus,
      seconds: options.seconds,
      details: {
        platform: `${process.platform}-${process.arch}`,
        machineMemoryBytes: machine.memoryBytes,
        unusable: python.problems,
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
    const { options, env } = this.#settings;
    const variables = childEnvironment({
      folder: dirname(program.file),
      temporaryFolder: tmpdir(),
      pythonBin: dirname(python.python),
      threads: options.threads ?? machine.cpus,
      env,
    });
    return startProgram({ python: python.python, file: program.file, variables, signal });
  }

  async read(execution: Execution, path: string): Promise<Uint8Array> {
    const folder = isId(execution.id) ? execution.id : "x000000";
    return readArtifact(join(this.#settings.workspaceFolder, folder), execution, path);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort(
      new AideError({
        code: "AIDE_EXECUTOR_CLOSED",
        message: "The executor was closed.",
        fix: "Run scripts before the run ends.",
        fault: "internal",
      }),
    );
    await Promise.allSettled([...this.#executions, this.#ready]);
    process.off("exit", this.#killGroups);
  }

  readonly #killGroups = (): void => {
    for (const group of this.#groups) signalGroup(group, "SIGKILL");
  };

  /** Shared by all callers: one of them that gives up must not end it for the others. */
  #prepare(signal: AbortSignal): Promise<Ready> {
    this.#ready ??= this.#start().catch((error: unknown) => {
      this.#ready = undefined;
      throw error;
    });
    return orAborted(this.#ready, signal);
  }

  async #start(): Promise<Ready> {
    const { options } = this.#settings;
    const [python, machine] = await Promise.all([
      this.#settings.python(this.#closing.signal),
      this.#settings.machine(),
    ]);
    // Drivers of GPUs reserve far more address space than they use.
    const byDefault = machine.gpus.length > 0 ? 0 : Math.floor(SHARE_OF_MEMORY * machine.memoryBytes);
    return { python, machine, memory: options.memory ?? byDefault };
  }

  async #execute(script: Script, signal: AbortSignal): Promise<Execution> {
    signal.throwIfAborted();
    checkFiles(script.files ?? {});
    const ready = await this.#prepare(signal);
    try {
      await this.#swept;
      return await this.#inSlot(async () => {
        const folder = await takeFolder(this.#settings.workspaceFolder);
        return this.#executeIn(folder, script, ready, signal);
      }, signal);
    } catch (error) {
      throw signal.aborted ? signal.reason : asFolderError(error, this.#settings.workspaceFolder);
    }
  }

  async #executeIn(folder: ExecutionFolder, script: Script, ready: Ready, signal: AbortSignal): Promise<Execution> {
    const { options, dataFolder } = this.#settings;
    const seconds = Math.min(script.seconds ?? options.seconds, options.seconds);
    const temporaryFolder = await makeTemporaryFolder(folder);
    await writeRecord(folder);
    let result: ProcessResult;
    try {
      await fillFolder(folder, script, dataFolder);
      result = await this.#run(folder, temporaryFolder, seconds, ready, signal);
    } finally {
      await clearFolder(folder.path, options);
      await removeTree(temporaryFolder);
      await removeRecord(folder);
    }
    const portable = (text: string): string => withoutPlaces(text, folder.path, temporaryFolder);
    return asExecution(folder.id, result, seconds, await listArtifacts(folder.path), portable);
  }

  async #run(
    folder: ExecutionFolder,
    temporaryFolder: string,
    seconds: number,
    ready: Ready,
    signal: AbortSignal,
  ): Promise<ProcessResult> {
    const { options, concurrency, env } = this.#settings;
    const { python } = ready.python;
    let group = 0;
    let recorded: Promise<void> | undefined;
    try {
      const result = await runProcess({
        python,
        runner: asset("runner.py"),
        folder: folder.path,
        variables: childEnvironment({
          folder: folder.path,
          temporaryFolder,
          pythonBin: dirname(python),
          threads: options.threads ?? Math.max(1, Math.floor(ready.machine.cpus / concurrency)),
          env,
        }),
        memory: ready.memory,
        seconds,
        grace: options.grace,
        outputBytes: options.outputBytes,
        signal,
        onStart: (pid) => {
          group = pid;
          this.#groups.add(pid);
          // Without it a sweep still finds the processes by their mark.
          recorded = writeRecord(folder, pid).catch(() => {});
        },
      });
      if (!result.report.started && result.exit.signal === null && !result.exit.timedOut)
        throw brokenPython(python, result.output);
      return result;
    } finally {
      this.#groups.delete(group);
      await recorded;
    }
  }
}

/** Python's last words at a crash name the runner, whose frames say nothing of the script. */
const RUNNER_FRAME = /^ {2}File "[^"]*\brunner\.py", line \d+ in (?:main|<module>)\n/gm;

const brokenPython = (python: string, output: string): AideError =>
  new AideError({
    code: "AIDE_PYTHON_BROKEN",
    message: "Python starts but cannot run aide's runner.",
    fix: "Delete the folder of the Python environment and run again: it is then installed anew.",
    fault: "user",
    facts: { python, said: output.slice(-2000) },
  });

const asExecution = (
  id: string,
  result: ProcessResult,
  seconds: number,
  artifacts: readonly string[],
  portable: (text: string) => string,
): Execution => {
  const { fate, exception, note } = decideFate(result.exit, result.report.ending, seconds);
  const apart = result.output === "" || result.output.endsWith("\n") ? "" : "\n";
  const output =
    note === undefined ? result.output : `${result.output.replaceAll(RUNNER_FRAME, "")}${apart}[${note}]\n`;
  return {
    id,
    fate,
    output: portable(output),
    seconds: result.seconds,
    artifacts,
    ...(exception === undefined ? {} : { exception: withoutPlacesIn(exception, portable) }),
  };
};

const withoutPlacesIn = (exception: Exception, portable: (text: string) => string): Exception => ({
  ...exception,
  message: portable(exception.message),
  frames: exception.frames.map((frame) => ({ ...frame, file: portable(frame.file) })),
});
