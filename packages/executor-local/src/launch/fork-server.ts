import { spawn, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { constants, openSync } from "node:fs";
import { Socket } from "node:net";
import { constants as system } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { folderVariable, runner, type Command, type Exit } from "@aide-ts/executor-kit";
import { z } from "zod";
import { signalGroup } from "./process-tree.ts";

const program = fileURLToPath(new URL("../../python/fork_server.py", import.meta.url));

/** What most scripts import. One that is not installed is passed over. */
const imported = [
  "numpy",
  "pandas",
  "sklearn.compose",
  "sklearn.ensemble",
  "sklearn.feature_extraction.text",
  "sklearn.impute",
  "sklearn.linear_model",
  "sklearn.metrics",
  "sklearn.model_selection",
  "sklearn.multioutput",
  "sklearn.pipeline",
  "sklearn.preprocessing",
  "lightgbm",
  "xgboost",
];

/** `import sklearn` alone gives a package without most of its parts, which are there if something else has imported them. */
const importsBare = /^[ \t]*import\b[^#\n]*\bsklearn\b/m;

/** Bytes of a folder's path that a forked process can show as its mark. */
const longestMark = 4000;

const answer = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("ready") }),
  z.object({ kind: z.literal("started"), id: z.string(), pid: z.int().positive() }),
  z.object({ kind: z.literal("ended"), id: z.string(), code: z.int().nullable(), signal: z.string().nullable() }),
]);

type Answer = z.output<typeof answer>;

/** A script's process. */
export interface Started {
  readonly pid: number;
  readonly stdout: Readable;
  readonly stderr: Readable;
  readonly report: Readable;
  readonly ended: Promise<Exit>;
}

interface Waiting {
  readonly pipes: readonly string[];
  readonly started: PromiseWithResolvers<Started | undefined>;
  readonly ended: PromiseWithResolvers<Exit>;
}

/**
 * A Python process that has imported what most scripts import, and forks a process for each of them. It starts in the background: until it is ready, and once it
 * has failed, it forks nothing, and scripts start as new processes.
 */
export class ForkServer implements Disposable {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<string, Waiting>();
  #state: "starting" | "ready" | "gone" = "starting";

  constructor({ program: python, variables }: Command) {
    this.#child = spawn(python, [program, runner, imported.join(","), folderVariable], {
      cwd: "/",
      env: { ...variables, [folderVariable]: "x".repeat(longestMark) },
      detached: true,
      // Pipes, as a script has, although it writes no errors: Python makes its streams for what lies behind them.
      stdio: ["pipe", "pipe", "pipe"],
    });
    this.#child.once("error", () => this.#leave());
    this.#child.once("exit", () => this.#leave());
    // What it cannot be asked any more, it has left.
    this.#child.stdin?.on("error", () => this.#leave());
    if (this.#child.stdout !== null)
      createInterface({ input: this.#child.stdout }).on("line", (line) => this.#hear(line));
    this.#child.stderr?.resume();
    this.#letGo();
  }

  /** It forks nothing any more. */
  get isGone(): boolean {
    return this.#state === "gone";
  }

  /** Whether it can fork a process for a script: for none that would see parts of a package which it has not imported itself. */
  suits(code: string, folder: string): boolean {
    return this.#state === "ready" && Buffer.byteLength(folder) <= longestMark && !importsBare.test(code);
  }

  /** Forks a process for the runner in this folder; `undefined` where the server ended meanwhile. */
  fork({ args: [, memory = "0"], variables }: Command, folder: string): Promise<Started | undefined> {
    const id = randomBytes(8).toString("hex");
    const pipes = [1, 2, 3].map((descriptor) => join(variables["TMPDIR"] ?? folder, `.pipe-${id}-${descriptor}`));
    const waiting = {
      pipes,
      started: Promise.withResolvers<Started | undefined>(),
      ended: Promise.withResolvers<Exit>(),
    };
    if (this.#waiting.size === 0) this.#hold();
    this.#waiting.set(id, waiting);
    this.#child.stdin?.write(`${JSON.stringify({ id, folder, memory, variables, pipes })}\n`);
    return waiting.started.promise;
  }

  /** Scripts that still run are left to who started them. */
  [Symbol.dispose](): void {
    this.#child.kill("SIGKILL");
    this.#leave();
  }

  #hear(line: string): void {
    const heard = answer.parse(JSON.parse(line));
    if (heard.kind === "ready") this.#state = "ready";
    else if (heard.kind === "started") this.#open(heard);
    else this.#end(heard);
  }

  #open({ id, pid }: Extract<Answer, { kind: "started" }>): void {
    const waiting = this.#waiting.get(id);
    if (waiting === undefined) return;
    try {
      waiting.started.resolve(startedOf(pid, waiting));
    } catch (error) {
      signalGroup(pid, "SIGKILL");
      waiting.started.reject(error);
    }
  }

  #end({ id, code, signal }: Extract<Answer, { kind: "ended" }>): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (this.#waiting.size === 0) this.#letGo();
    waiting?.started.resolve(undefined);
    waiting?.ended.resolve({ code, signal: signalNamed(signal) });
  }

  /** Of a script that runs on without its server nobody would hear how it ends: it counts as killed, and its starter kills it. */
  #leave(): void {
    this.#state = "gone";
    for (const { started, ended } of this.#waiting.values()) {
      started.resolve(undefined);
      ended.resolve({ code: null, signal: "SIGKILL" });
    }
    this.#waiting.clear();
  }

  /** A server that has nothing to do keeps no process alive. */
  #letGo(): void {
    this.#child.unref();
    for (const stream of this.#streams) stream.unref();
  }

  #hold(): void {
    this.#child.ref();
    for (const stream of this.#streams) stream.ref();
  }

  get #streams(): readonly Socket[] {
    return [this.#child.stdin, this.#child.stdout].filter((stream) => stream instanceof Socket);
  }
}

const startedOf = (pid: number, { pipes, ended }: Waiting): Started => {
  const [stdout, stderr, report] = pipes.map(readable);
  if (stdout === undefined || stderr === undefined || report === undefined)
    throw new TypeError("a script without pipes");
  return { pid, stdout, stderr, report, ended: ended.promise };
};

/** Without waiting for the process at the other end, which waits for this one. */
const readable = (pipe: string): Socket =>
  new Socket({ fd: openSync(pipe, constants.O_RDONLY | constants.O_NONBLOCK), readable: true, writable: false });

const isSignal = (name: string): name is NodeJS.Signals => name in system.signals;

const signalNamed = (name: string | null): NodeJS.Signals | null => (name !== null && isSignal(name) ? name : null);
