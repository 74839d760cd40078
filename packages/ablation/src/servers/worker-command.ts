import { availableParallelism } from "node:os";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Host, Launcher } from "@aide-ts/plugin";
import type { OpenedTask } from "@aide-ts/run";
import writeFileAtomic from "write-file-atomic";
import { SharedServers } from "./shared-servers.ts";

export interface Workers {
  /** What makes cells by their numbers: a program, its arguments, the ablation's folder. */
  readonly command: readonly string[];
  /** The arms, opened. */
  readonly opened: readonly Pick<OpenedTask, "plugins">[];
  readonly launcher: Pick<Launcher, "processesHere">;
  readonly launchFolder: string;
  readonly host: Host;
  readonly signal: AbortSignal;
}

/**
 * How workers are started. Where they run on this machine, the model servers that they use are started here, once, and those that they only name
 * are seen to answer; asked again, a server that died is replaced.
 */
export class WorkerCommand implements AsyncDisposable {
  readonly #workers: Workers;
  #servers: SharedServers | undefined;

  constructor(workers: Workers) {
    this.#workers = workers;
  }

  /** @throws what backends throw whose server cannot be reached or started */
  async get(): Promise<readonly string[]> {
    const { command, opened, launcher, launchFolder } = this.#workers;
    const { processesHere } = launcher;
    if (processesHere === undefined) return command;
    const servers = await this.#answering();
    const options = Object.assign({}, ...(await Promise.all(opened.map(({ plugins }) => servers.start(plugins)))));
    const file = join(launchFolder, "servers.json");
    await mkdir(launchFolder, { recursive: true });
    await writeFileAtomic(file, JSON.stringify(options), { mode: 0o600 });
    const scripts = Math.min(processesHere, availableParallelism());
    return [...command, "--servers", file, "--scripts", String(scripts)];
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#servers?.[Symbol.asyncDispose]();
  }

  async #answering(): Promise<SharedServers> {
    const { host, signal } = this.#workers;
    if (this.#servers !== undefined && (await this.#servers.answer())) return this.#servers;
    await this.#servers?.[Symbol.asyncDispose]();
    this.#servers = new SharedServers(host, signal);
    return this.#servers;
  }
}
