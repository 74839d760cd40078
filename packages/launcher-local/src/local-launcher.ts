import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdir, open } from "node:fs/promises";
import { join } from "node:path";
import type { Launch, Launcher, LauncherHost } from "@aide-ts/plugin";
import { workerNotStarted } from "./errors.ts";

/** How long a process that was asked to stop may finish what it writes. */
const graceMs = 30_000;

/** Processes on this machine, each with all numbers: they take what no other has taken. */
export class LocalLauncher implements Launcher {
  readonly #jobs: number;
  readonly #host: Pick<LauncherHost, "launchFolder" | "variables" | "onProgress">;

  constructor(jobs: number, host: Pick<LauncherHost, "launchFolder" | "variables" | "onProgress">) {
    this.#jobs = jobs;
    this.#host = host;
  }

  async launch({ command, runs }: Launch, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    await mkdir(this.#host.launchFolder, { recursive: true });
    const count = Math.min(this.#jobs, runs.length);
    const numbers = runs.map(({ number }) => String(number));
    const all = Array.from({ length: count }, (_, at) => this.#work([...command, ...numbers], at, signal));
    const ended = await Promise.allSettled(all);
    signal.throwIfAborted();
    const failed = ended.find((one) => one.status === "rejected");
    if (failed !== undefined) throw failed.reason;
  }

  async #work([program = "", ...args]: readonly string[], at: number, signal: AbortSignal): Promise<void> {
    const path = join(this.#host.launchFolder, `worker-${at}.log`);
    await using log = await open(path, "a");
    const child = spawn(program, args, { env: this.#host.variables, stdio: ["ignore", log.fd, log.fd] });
    using _stopping = stopsWith(child, signal);
    const [code, killed] = await once(child, "exit").catch((cause: unknown) => {
      throw workerNotStarted(program, cause);
    });
    if (code !== 0 && !signal.aborted)
      this.#host.onProgress(
        `Process ${child.pid} ended ${killed === null ? `with ${code}` : `by ${killed}`}; what it printed: ${path}`,
      );
  }

  [Symbol.asyncDispose](): Promise<void> {
    return Promise.resolve();
  }
}

/** Asks a process to stop once the signal fires, and ends it where it does not. */
const stopsWith = (child: ChildProcess, signal: AbortSignal): Disposable => {
  let timer: NodeJS.Timeout | undefined;
  const stop = (): void => {
    child.kill("SIGINT");
    timer = setTimeout(() => child.kill("SIGKILL"), graceMs);
  };
  signal.addEventListener("abort", stop, { once: true });
  return {
    [Symbol.dispose]: () => {
      signal.removeEventListener("abort", stop);
      clearTimeout(timer);
    },
  };
};
