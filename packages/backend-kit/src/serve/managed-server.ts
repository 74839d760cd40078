import { spawn, type ChildProcess } from "node:child_process";
import { createWriteStream, mkdirSync, type WriteStream } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { AideError } from "@aide-ts/plugin";
import { serverDied, serverNotStarted } from "../errors.ts";

export interface ServerStart {
  /** For people: `vLLM`. */
  readonly name: string;
  readonly command: readonly [string, ...string[]];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Takes all that the server prints. */
  readonly logFile: string;
  /** Whether it answers. Asked again and again until it does. */
  readonly isReady: (signal: AbortSignal) => Promise<boolean>;
  readonly readySeconds: number;
  /** Seconds between asking it to end and ending it. */
  readonly graceSeconds?: number;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

const keptLines = 12;
const askEveryMs = 500;
const sayEveryMs = 15_000;
const deathMs = 1000;
const broken = ["AIDE_BACKEND_DISCONNECTED", "AIDE_BACKEND_UNREACHABLE"];

/**
 * Runs "$@" in a process group that ends when standard input does, which it does with the process that holds it, however that dies: a server must
 * not keep a GPU when nobody is left to ask it.
 */
const supervised = `exec 3<&0
"$@" 3<&- </dev/null &
server=$!
{ cat <&3 >/dev/null; trap '' TERM; kill -TERM -$$; sleep "$AIDE_GRACE"; kill -KILL -$$; } &
exec 3<&-
wait $server`;

/** A model server that this process has started and will end. */
export class ManagedServer implements AsyncDisposable {
  readonly #start: ServerStart;
  readonly #child: ChildProcess;
  readonly #log: WriteStream;
  readonly #ended = Promise.withResolvers<void>();
  #lines: readonly string[] = [];
  #death: string | undefined;
  #closing = false;

  private constructor(start: ServerStart) {
    this.#start = start;
    mkdirSync(dirname(start.logFile), { recursive: true });
    this.#log = createWriteStream(start.logFile, { flags: "a" });
    // A full disk must not end the server's user; the tail is kept in memory.
    this.#log.on("error", () => undefined);
    this.#child = spawn("sh", ["-c", supervised, "sh", ...start.command], {
      detached: true,
      stdio: ["pipe", "pipe", "pipe"],
      env: { ...start.env, AIDE_GRACE: String(start.graceSeconds ?? 10) },
    });
    this.#child.stdin?.on("error", () => undefined);
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream?.setEncoding("utf8").on("data", (text: string) => this.#keep(text));
    this.#child.once("error", (error) => this.#die(error.message));
    this.#child.once("exit", (code, signal) => this.#die(signal ?? `exit code ${code}`));
  }

  /**
   * Starts a server and waits until it answers.
   * @throws AIDE_SERVER_START where it dies or does not answer in time, with the end of its log.
   */
  static async start(start: ServerStart): Promise<ManagedServer> {
    const server = new ManagedServer(start);
    try {
      await server.#answers();
      return server;
    } catch (error) {
      await server[Symbol.asyncDispose]();
      throw error;
    }
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Of what it died; `undefined` while it runs, and where it was ended. */
  get failure(): AideError | undefined {
    if (this.#death === undefined || this.#closing) return undefined;
    return serverDied(this.#start.name, this.#death, this.#facts(this.#death));
  }

  /** Why a call failed, where the server has died of it, with what the call had used. */
  async deathBehind(cause: unknown): Promise<AideError | undefined> {
    if (!AideError.is(cause)) return undefined;
    // Its connections break before its end is known.
    if (broken.includes(cause.code))
      await Promise.race([this.#ended.promise, sleep(deathMs, undefined, { ref: false })]);
    return this.failure && AideError.with(this.failure, { spent: cause.spent });
  }

  /** Ends the server and all that it has started. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing ||= this.#death === undefined;
    this.#child.stdin?.end();
    await this.#ended.promise;
    this.#killGroup();
    await new Promise<void>((resolve) => this.#log.end(resolve));
  }

  async #answers(): Promise<void> {
    const { name, isReady, readySeconds, say, signal } = this.#start;
    const began = performance.now();
    let reportedAt = began;
    say(`${name.padEnd(8)} starting: ${this.#start.command.join(" ")}`);
    for (;;) {
      signal.throwIfAborted();
      if (this.#death !== undefined) throw this.#notStarted(this.#death);
      const probe = AbortSignal.any([signal, AbortSignal.timeout(5000)]);
      if (await isReady(probe).catch(() => false)) break;
      const now = performance.now();
      if (now - began > readySeconds * 1000) throw this.#notStarted(`not ready after ${readySeconds} s`);
      if (now - reportedAt > sayEveryMs) {
        reportedAt = now;
        say(`${name.padEnd(8)} ${Math.round((now - began) / 1000)} s: ${this.#lines.at(-1) ?? "no word yet"}`);
      }
      await Promise.race([sleep(askEveryMs), this.#ended.promise]);
    }
    say(
      `${name.padEnd(8)} ready after ${Math.round((performance.now() - began) / 1000)} s; its log: ${this.#start.logFile}`,
    );
  }

  #keep(text: string): void {
    this.#log.write(text);
    const lines = text.split("\n").map((line) => line.trimEnd());
    this.#lines = [...this.#lines, ...lines.filter((line) => line !== "")].slice(-keptLines);
  }

  #die(how: string): void {
    this.#death ??= how;
    this.#ended.resolve();
    if (!this.#closing) this.#killGroup();
  }

  #killGroup(): void {
    const { pid } = this.#child;
    if (pid === undefined) return;
    try {
      process.kill(-pid, "SIGKILL");
    } catch {
      // Nothing of it is left.
    }
  }

  #notStarted(how: string): AideError {
    return serverNotStarted(this.#start.name, how, this.#facts(how));
  }

  #facts(ended: string): Readonly<Record<string, string>> {
    const { command, logFile } = this.#start;
    return { command: command.join(" "), ended, log: logFile, "last words": this.#lines.join("\n") };
  }
}
