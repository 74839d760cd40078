import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, open } from "node:fs/promises";
import { join } from "node:path";
import type { Launch, LaunchedRun, Launcher, LauncherHost } from "@aide-ts/plugin";
import { notStarted } from "./errors.ts";

type ProcessHost = Pick<LauncherHost, "launchFolder" | "variables" | "onProgress">;

export class ProcessLauncher implements Launcher {
  readonly #jobs: number;
  readonly #host: ProcessHost;

  constructor(jobs: number, host: ProcessHost) {
    this.#jobs = jobs;
    this.#host = host;
  }

  async launch({ command, runs }: Launch, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    await mkdir(this.#host.launchFolder, { recursive: true });
    const waiting = [...runs];
    const work = async (): Promise<void> => {
      for (let run = waiting.shift(); run !== undefined && !signal.aborted; run = waiting.shift())
        await this.#make(command, run, signal);
    };
    const ended = await Promise.allSettled(Array.from({ length: this.#jobs }, work));
    signal.throwIfAborted();
    for (const one of ended) if (one.status === "rejected") throw one.reason;
  }

  async #make(command: readonly string[], { number }: LaunchedRun, signal: AbortSignal): Promise<void> {
    const [program = "", ...args] = [...command, String(number)];
    const path = join(this.#host.launchFolder, `run-${number}.log`);
    await using log = await open(path, "a");
    const child = spawn(program, args, { env: this.#host.variables, stdio: ["ignore", log.fd, log.fd] });
    const stop = (): void => void child.kill("SIGINT");
    signal.addEventListener("abort", stop, { once: true });
    try {
      const [code, killedBy]: [number | null, string | null] = await once(child, "exit").then(
        ([ended, by]) => [ended, by],
        (cause: unknown) => Promise.reject(notStarted(program, cause)),
      );
      if (code !== 0 && !signal.aborted)
        this.#host.onProgress(`Run ${number} ended with ${code ?? killedBy}; what it printed: ${path}`);
    } finally {
      signal.removeEventListener("abort", stop);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {}
}
