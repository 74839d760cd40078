import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, open } from "node:fs/promises";
import { join } from "node:path";
import type { Launch, Launcher, LauncherHost } from "@aide-ts/plugin";
import { workerNotStarted } from "./errors.ts";
import { supervised, supervisedEnd } from "./supervised.ts";

/** Processes on this machine, each with all numbers: they take what no other has taken. They stop once this one ends, however it does. */
export class LocalLauncher implements Launcher {
  readonly processesHere: number;
  readonly #host: Pick<LauncherHost, "launchFolder" | "variables" | "onProgress">;

  constructor(jobs: number, host: Pick<LauncherHost, "launchFolder" | "variables" | "onProgress">) {
    this.processesHere = jobs;
    this.#host = host;
  }

  async launch({ command, runs }: Launch, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    await mkdir(this.#host.launchFolder, { recursive: true });
    const count = Math.min(this.processesHere, runs.length);
    const numbers = runs.map(({ number }) => String(number));
    const all = Array.from({ length: count }, (_, at) => this.#work([...command, ...numbers], at, signal));
    const ended = await Promise.allSettled(all);
    signal.throwIfAborted();
    const failed = ended.find((one) => one.status === "rejected");
    if (failed !== undefined) throw failed.reason;
  }

  async #work(command: readonly string[], at: number, signal: AbortSignal): Promise<void> {
    const path = join(this.#host.launchFolder, `worker-${at}.log`);
    await using log = await open(path, "a");
    const [shell, ...args] = supervised(command);
    const child = spawn(shell, args, {
      env: this.#host.variables,
      stdio: ["pipe", log.fd, log.fd],
      // Ctrl+C in a terminal is for this process, which asks them to stop.
      detached: true,
    });
    const stop = (): void => void child.stdin?.end();
    signal.addEventListener("abort", stop, { once: true });
    const [code, signalled] = await once(child, "exit")
      .catch((cause: unknown) => {
        throw workerNotStarted(shell, cause);
      })
      .finally(() => {
        signal.removeEventListener("abort", stop);
        stop();
      });
    const end = supervisedEnd(code, signalled);
    if (end.kind === "not-started") throw workerNotStarted(command[0] ?? "", end.why);
    if (signal.aborted || (end.kind === "exited" && end.code === 0)) return;
    this.#host.onProgress(
      `Process ${child.pid} ended ${end.kind === "exited" ? `with ${end.code}` : `by ${end.signal}`}; what it printed: ${path}`,
    );
  }

  [Symbol.asyncDispose](): Promise<void> {
    return Promise.resolve();
  }
}
