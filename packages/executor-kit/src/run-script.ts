import type { Readable } from "node:stream";
import { setTimeout as pause } from "node:timers/promises";
import { AideError, type Json } from "@aide-ts/plugin";
import type { ScriptExit } from "./ending/fate.ts";
import { readReport, type Report } from "./ending/report.ts";
import { errorCode } from "./folder/file-errors.ts";
import type { LaunchedScript, Launcher } from "./launcher.ts";
import { HeadAndTail } from "./output/head-and-tail.ts";
import { processLimit, pythonNotFound } from "./errors.ts";

export interface ScriptRequest {
  readonly launcher: Launcher;
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
  /** Called with what finds the process again after this one died. */
  readonly onStart: (handle: Promise<Json | undefined>) => void;
}

export interface ScriptResult {
  readonly exit: ScriptExit;
  readonly report: Report;
  readonly output: string;
  readonly seconds: number;
}

/** How long after the end a child that left the tree may keep the pipes open. */
const drainMs = 500;
/** For the traceback that the runner prints on SIGUSR1, before the kill. */
const lastWordsMs = 150;
const reportBytes = 2 ** 20;

const cannotStart = (python: string, error: unknown): AideError => {
  if (AideError.is(error)) return error;
  const code = errorCode(error);
  if (code === "EAGAIN" || code === "EMFILE" || code === "ENFILE" || code === "ENOMEM") return processLimit(error);
  return pythonNotFound(python, error);
};

const start = async ({
  launcher,
  python,
  runner,
  memory,
  folder,
  variables,
}: ScriptRequest): Promise<LaunchedScript> => {
  try {
    return await launcher.script({ program: python, args: [runner, String(memory)], variables }, folder);
  } catch (error) {
    throw cannotStart(python, error);
  }
};

const collect = (stream: Readable, into: HeadAndTail): Promise<void> => {
  stream.on("data", (chunk: Buffer) => into.push(chunk));
  // A pipe that breaks has ended.
  stream.on("error", () => {});
  return new Promise((resolve) => stream.once("close", () => resolve()));
};

/**
 * Runs the runner in the folder until it ends or its time is up. Whatever it leaves running is killed in every case.
 * @throws AideError where Python cannot start; the signal's reason when that fires.
 */
export const runScript = async (request: ScriptRequest): Promise<ScriptResult> => {
  const { signal, grace } = request;
  signal.throwIfAborted();
  const begin = performance.now();
  const script = await start(request);
  const { stdout, stderr, report } = script;
  const output = new HeadAndTail(request.outputBytes);
  const reported = new HeadAndTail(reportBytes);
  const closed = Promise.all([collect(stdout, output), collect(stderr, output), collect(report, reported)]);
  request.onStart(script.handle());

  // What fails here fails again below, where it is reported.
  const kill = (): void => void script.kill().catch(() => {});
  signal.addEventListener("abort", kill, { once: true });
  if (signal.aborted) kill();
  let timedOut = false;
  const over = new AbortController();
  const stop = async (): Promise<void> => {
    timedOut = true;
    script.signal("SIGINT");
    await pause(grace * 1000, undefined, { signal: over.signal });
    if (readReport(reported.text()).ending === undefined) script.signal("SIGUSR1");
    await pause(lastWordsMs, undefined, { signal: over.signal });
    kill();
  };
  // `stop` is cut short when the process ends by itself.
  const timer = setTimeout(() => void stop().catch(() => {}), request.seconds * 1000);

  try {
    const exit = await script.ended;
    const seconds = (performance.now() - begin) / 1000;
    clearTimeout(timer);
    over.abort();
    await script.kill();
    await Promise.race([closed, pause(drainMs)]);
    signal.throwIfAborted();
    return { exit: { ...exit, timedOut }, report: readReport(reported.text()), output: output.text(), seconds };
  } finally {
    clearTimeout(timer);
    over.abort();
    signal.removeEventListener("abort", kill);
    for (const stream of [stdout, stderr, report]) stream.destroy();
  }
};
