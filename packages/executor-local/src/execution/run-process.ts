import { spawn, type ChildProcess } from "node:child_process";
import { Readable } from "node:stream";
import { setTimeout as pause } from "node:timers/promises";
import { AideError } from "@aide-ts/plugin";
import { errorCode } from "../machine/file-errors.ts";
import type { Exit } from "./fate.ts";
import { HeadAndTail } from "./head-and-tail.ts";
import { killTree, signalGroup } from "./process-tree.ts";
import { readReport, type Report } from "./report.ts";

export interface ProcessRequest {
  readonly python: string;
  readonly runner: string;
  readonly folder: string;
  readonly variables: Readonly<Record<string, string>>;
  /** Address space in bytes, 0 for no limit. */
  readonly memory: number;
  readonly seconds: number;
  readonly grace: number;
  readonly outputBytes: number;
  readonly signal: AbortSignal;
  readonly onStart: (pid: number) => void;
}

export interface ProcessResult {
  readonly exit: Exit;
  readonly report: Report;
  readonly output: string;
  readonly seconds: number;
}

/** How long after the end a child that left the tree may keep the pipes open. */
const DRAIN_MS = 500;
/** For the traceback that the runner prints on SIGUSR1, before the kill. */
const LAST_WORDS_MS = 150;
const REPORT_BYTES = 2 ** 20;

const cannotStart = (python: string, error: unknown): AideError => {
  const code = errorCode(error);
  if (code === "EAGAIN" || code === "EMFILE" || code === "ENFILE" || code === "ENOMEM")
    return new AideError({
      code: "AIDE_PROCESS_LIMIT",
      message: "The system cannot start another process now.",
      fix: "Run fewer things at once, or raise the limits (ulimit -u, ulimit -n).",
      fault: "user",
      transient: true,
      cause: error,
    });
  return new AideError({
    code: "AIDE_PYTHON_NOT_FOUND",
    message: "Python could not be started.",
    fix: "Delete the folder of the Python environment and run again: it is then installed anew.",
    fault: "user",
    facts: { python },
    cause: error,
  });
};

const start = (request: ProcessRequest): ChildProcess => {
  try {
    return spawn(request.python, [request.runner, String(request.memory)], {
      cwd: request.folder,
      env: request.variables,
      detached: true,
      stdio: ["ignore", "pipe", "pipe", "pipe"],
    });
  } catch (error) {
    throw cannotStart(request.python, error);
  }
};

const collect = (stream: unknown, into: HeadAndTail): Promise<void> => {
  if (!(stream instanceof Readable)) throw new Error("the child has no such pipe");
  stream.on("data", (chunk: Buffer) => into.push(chunk));
  // A pipe that breaks has ended.
  stream.on("error", () => {});
  return new Promise((resolve) => stream.once("close", () => resolve()));
};

const destroy = (child: ChildProcess): void => {
  for (const stream of child.stdio) stream?.destroy();
};

/**
 * Runs the runner in the folder until it ends or its time is up. Whatever it leaves running is killed in every case.
 * @throws AideError where Python cannot start; the signal's reason when that fires.
 */
export const runProcess = async (request: ProcessRequest): Promise<ProcessResult> => {
  const { folder, signal, grace } = request;
  signal.throwIfAborted();
  const begin = performance.now();
  const child = start(request);
  const ended = new Promise<Pick<Exit, "code" | "signal">>((resolve, reject) => {
    child.once("exit", (code, killer) => resolve({ code, signal: killer }));
    child.once("error", (error) => reject(cannotStart(request.python, error)));
  });
  const { pid } = child;
  if (pid === undefined) {
    await ended;
    throw cannotStart(request.python, undefined);
  }
  request.onStart(pid);

  const output = new HeadAndTail(request.outputBytes);
  const reported = new HeadAndTail(REPORT_BYTES);
  const [, stdout, stderr, report] = child.stdio;
  const closed = Promise.all([collect(stdout, output), collect(stderr, output), collect(report, reported)]);

  // What fails here fails again below, where it is reported.
  const kill = (): void => void killTree(pid, folder).catch(() => {});
  signal.addEventListener("abort", kill, { once: true });
  let timedOut = false;
  const stop = async (): Promise<void> => {
    timedOut = true;
    signalGroup(pid, "SIGINT");
    await pause(grace * 1000, undefined, { signal: over.signal });
    if (readReport(reported.text()).ending === undefined) child.kill("SIGUSR1");
    await pause(LAST_WORDS_MS, undefined, { signal: over.signal });
    kill();
  };
  const over = new AbortController();
  // `stop` is cut short when the process ends by itself.
  const timer = setTimeout(() => void stop().catch(() => {}), request.seconds * 1000);

  try {
    const exit = await ended;
    const seconds = (performance.now() - begin) / 1000;
    clearTimeout(timer);
    over.abort();
    await killTree(pid, folder);
    await Promise.race([closed, pause(DRAIN_MS)]);
    signal.throwIfAborted();
    return { exit: { ...exit, timedOut }, report: readReport(reported.text()), output: output.text(), seconds };
  } finally {
    clearTimeout(timer);
    over.abort();
    signal.removeEventListener("abort", kill);
    destroy(child);
  }
};
