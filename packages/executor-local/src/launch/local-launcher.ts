import { spawn } from "node:child_process";
import { once } from "node:events";
import { Readable } from "node:stream";
import type { Command, Exit, LaunchedProgram, LaunchedScript, Launcher } from "@aide-ts/executor-kit";
import type { Json } from "@aide-ts/plugin";
import { identify } from "@aide-ts/process-lock";
import { z } from "zod";
import { killTree, signalGroup } from "./process-tree.ts";

const identity = z.object({ pid: z.int().positive(), start: z.string().min(1) });

/** Starts scripts as children of this process, each in a process group of its own. */
export class LocalLauncher implements Launcher {
  readonly #groups = new Set<number>();

  constructor() {
    process.on("exit", this.#killGroups);
  }

  async script({ program, args, variables }: Command, folder: string): Promise<LaunchedScript> {
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
    this.#groups.add(pid);
    return {
      stdout,
      stderr,
      report,
      ended,
      signal: (name) => void (name === "SIGINT" ? signalGroup(pid, name) : child.kill(name)),
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
    process.off("exit", this.#killGroups);
  }

  readonly #killGroups = (): void => {
    for (const group of this.#groups) signalGroup(group, "SIGKILL");
  };
}
