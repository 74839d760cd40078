import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { bin, freshFolder, ownEnv } from "../aide.ts";

/** `aide serve` as a process of its own. */
export class StartedServer implements AsyncDisposable {
  readonly #child: ChildProcess;
  #out = "";
  #err = "";

  private constructor(child: ChildProcess) {
    this.#child = child;
    child.stdout?.setEncoding("utf8").on("data", (text: string) => (this.#out += text));
    child.stderr?.setEncoding("utf8").on("data", (text: string) => (this.#err += text));
  }

  /** On a free port, and listening. */
  static async start(
    args: readonly string[],
    { cwd = freshFolder(), env = {} }: { readonly cwd?: string; readonly env?: Readonly<Record<string, string>> } = {},
  ): Promise<StartedServer> {
    const child = spawn(process.execPath, [bin, "serve", "--port", "0", ...args], { cwd, env: { ...ownEnv, ...env } });
    const started = new StartedServer(child);
    while (!started.#out.includes("clients")) {
      if (child.exitCode !== null) throw new Error(`it ended: ${started.#out}${started.#err}`);
      await Promise.race([once(child.stdout, "data"), once(child, "exit")]);
    }
    return started;
  }

  get out(): string {
    return this.#out;
  }

  get err(): string {
    return this.#err;
  }

  get url(): string {
    return /serves +(\S+)\/v1/.exec(this.#out)?.[1] ?? "";
  }

  /** Process ids of what it has started, and what those have. */
  descendants(): readonly number[] {
    const table = execFileSync("ps", ["-A", "-o", "pid=,ppid=,comm="], { encoding: "utf8" });
    const rows = table.split("\n").map((line) => line.trim().split(/\s+/));
    const below = (parent: number): readonly number[] =>
      rows.flatMap(([pid, ppid, name]) =>
        Number(ppid) === parent && name !== "ps" ? [Number(pid), ...below(Number(pid))] : [],
      );
    return below(this.#child.pid ?? -1);
  }

  /** Its exit code. */
  async stop(signal: NodeJS.Signals): Promise<number | null> {
    if (this.#child.exitCode !== null) return this.#child.exitCode;
    const closed = once(this.#child, "close");
    this.#child.kill(signal);
    await closed;
    return this.#child.exitCode;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) await this.stop("SIGTERM");
  }
}

export const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};
