import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import {
  scriptFile,
  type Command,
  type Exit,
  type LaunchedProgram,
  type LaunchedScript,
  type Launcher,
} from "@aide-ts/executor-kit";
import type { Json } from "@aide-ts/plugin";
import { identify } from "@aide-ts/process-lock";
import { z } from "zod";
import { ForkServer, type Started } from "./fork-server.ts";
import { LastingServers } from "./lasting-servers.ts";
import { killTree, signalGroup, signalProcess } from "./process-tree.ts";

const identity = z.object({ pid: z.int().positive(), start: z.string().min(1) });

/** Fewer scripts than this are over before a fork server is ready. */
const worthAServer = 3;

/** Starts scripts as children of this process, each in a process group of its own. */
export class LocalLauncher implements Launcher {
  readonly #groups = new Set<number>();
  readonly #forks: boolean;
  readonly #lasting: LastingServers | undefined;
  #server: ForkServer | undefined;
  #scripts = 0;

  /**
   * @param forks whether scripts after the first ones are forked from a process that has imported what most of them import; Linux only
   * @param lifetime of that process, where it serves several runs
   */
  constructor({ forks, lifetime }: { readonly forks: boolean; readonly lifetime?: DisposableStack | undefined }) {
    this.#forks = forks && process.platform === "linux";
    this.#lasting = lifetime === undefined ? undefined : LastingServers.of(lifetime);
    process.on("exit", this.#killGroups);
  }

  async script(command: Command, folder: string): Promise<LaunchedScript> {
    const { pid, stdout, stderr, report, ended } =
      (await this.#forked(command, folder)) ?? (await spawned(command, folder));
    this.#groups.add(pid);
    return {
      stdout,
      stderr,
      report,
      ended,
      signal: (name) => void (name === "SIGINT" ? signalGroup(pid, name) : signalProcess(pid, name)),
      kill: async () => {
        await killTree(pid, folder);
        this.#groups.delete(pid);
      },
      handle: async () => {
        const found = await identify(pid);
        return found === undefined ? undefined : { ...found };
      },
    };
  }

  async #forked(command: Command, folder: string): Promise<Started | undefined> {
    this.#scripts += 1;
    if (!this.#forks) return undefined;
    this.#server ??= this.#serverFor(command);
    if (this.#server === undefined) return undefined;
    const code = await readFile(join(folder, scriptFile), "utf8");
    return this.#server.suits(code, folder) ? this.#server.fork(command, folder) : undefined;
  }

  #serverFor(command: Command): ForkServer | undefined {
    if (this.#lasting !== undefined) return this.#lasting.serverFor(command);
    return this.#scripts < worthAServer ? undefined : new ForkServer(command);
  }

  program({ program, args, variables }: Command): LaunchedProgram {
    const child = spawn(program, args, { env: variables, stdio: ["pipe", "pipe", "pipe"] });
    const ended = new Promise<Exit>((resolve, reject) => {
      child.once("close", (code, signal) => resolve({ code, signal }));
      child.once("error", reject);
    });
    const { stdin, stdout, stderr } = child;
    return { stdin, stdout, stderr, ended, kill: () => void child.kill("SIGKILL") };
  }

  async killLeft(folder: string, handle: Json | undefined): Promise<void> {
    const known = identity.safeParse(handle).data;
    const now = known === undefined ? undefined : await identify(known.pid);
    await killTree(now !== undefined && now.start === known?.start ? now.pid : 0, folder);
  }

  [Symbol.dispose](): void {
    if (this.#lasting === undefined) this.#server?.[Symbol.dispose]();
    process.off("exit", this.#killGroups);
  }

  readonly #killGroups = (): void => {
    this.#server?.[Symbol.dispose]();
    for (const group of this.#groups) signalGroup(group, "SIGKILL");
  };
}

const spawned = async ({ program, args, variables }: Command, folder: string): Promise<Started> => {
  const child = spawn(program, args, {
    cwd: folder,
    env: variables,
    detached: true,
    stdio: ["ignore", "pipe", "pipe", "pipe"],
  });
  const ended = new Promise<Exit>((resolve) => child.once("exit", (code, signal) => resolve({ code, signal })));
  const [, stdout, stderr, report] = child.stdio;
  await once(child, "spawn");
  const { pid } = child;
  if (pid === undefined || stdout === null || stderr === null || !(report instanceof Readable))
    throw new Error("a child without pipes");
  return { pid, stdout, stderr, report, ended };
};
