import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { backendClosed } from "@aide-ts/backend-kit";
import { AideError, type CallProgress } from "@aide-ts/plugin";
import { crashFailure } from "../failures.ts";
import { FromChild, type Answer, type Progress, type Settings, type ToChild } from "./messages.ts";

/** Sources are run as they are, built files as built: the child finds its packages as this process found its own. */
const fromSources = import.meta.url.endsWith(".ts");

const keptStderr = 2_000;

/** A question to the child, without its number. */
export type Question =
  | Omit<Extract<ToChild, { kind: "describe" }>, "call">
  | Omit<Extract<ToChild, { kind: "count" }>, "call">
  | Omit<Extract<ToChild, { kind: "generate" }>, "call">;

interface Asked {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
  readonly onProgress: ((progress: CallProgress) => void) | undefined;
}

const shown = (progress: Progress): CallProgress => {
  const { call: _, ...rest } = progress;
  return rest;
};

const childFile = (): string => fileURLToPath(new URL(`../child/main.${fromSources ? "ts" : "js"}`, import.meta.url));

const start = (): ChildProcess =>
  fork(childFile(), {
    execArgv: fromSources ? ["--conditions=@aide-ts/source"] : [],
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });

/** The child process that runs the model, and the questions it has not answered yet. */
export class ModelProcess {
  readonly #child: ChildProcess;
  readonly #asked = new Map<number, Asked>();
  readonly #model: string;
  #calls = 0;
  #stderr = "";
  #gone: AideError | undefined;
  #closing = false;

  constructor(settings: Settings) {
    this.#model = settings.modelPath;
    this.#child = start();
    this.#child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      this.#stderr = (this.#stderr + text).slice(-keptStderr);
    });
    this.#child.on("message", (message) => this.#receive(FromChild.parse(message)));
    this.#child.on("error", (error) => this.#fail(this.#crash(`${error.message}`, error)));
    this.#child.on("exit", (code, signal) => this.#fail(this.#crash(signal ?? `exit code ${code}`)));
    this.#send({ kind: "start", settings });
    this.#hold();
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Whether it can still be asked. */
  get running(): boolean {
    return this.#gone === undefined;
  }

  /**
   * Rejects with what the child failed with, or with `AIDE_BACKEND_CRASHED` when it died. `signal` asks it to stop; the answer comes
   * all the same.
   */
  async ask(
    question: Question,
    options: { readonly signal?: AbortSignal; readonly onProgress?: (progress: CallProgress) => void } = {},
  ): Promise<Answer> {
    if (this.#gone !== undefined) throw this.#gone;
    const call = ++this.#calls;
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    this.#asked.set(call, { resolve, reject, onProgress: options.onProgress });
    this.#hold();
    this.#send({ ...question, call });
    const abort = () => this.#send({ kind: "abort", call });
    options.signal?.addEventListener("abort", abort, { once: true });
    if (options.signal?.aborted) abort();
    try {
      return await promise;
    } finally {
      options.signal?.removeEventListener("abort", abort);
      this.#asked.delete(call);
      this.#hold();
    }
  }

  async close(): Promise<void> {
    this.#closing = true;
    if (this.#gone !== undefined) return;
    const gone = once(this.#child, "exit");
    this.#child.ref();
    // It has nothing to save, and native code may not be in a state to listen.
    this.#child.kill("SIGKILL");
    await gone;
  }

  #receive(message: FromChild): void {
    const asked = this.#asked.get(message.call);
    if (asked === undefined) return;
    if (message.kind === "load" || message.kind === "prefill" || message.kind === "text")
      asked.onProgress?.(shown(message));
    else if (message.kind === "failed") asked.reject(new AideError(message.failure));
    else asked.resolve(message);
  }

  #send(message: ToChild): void {
    // A child that died meanwhile says so by its exit.
    if (this.#child.connected) this.#child.send(message, () => undefined);
  }

  #fail(error: AideError): void {
    this.#gone ??= error;
    for (const { reject } of this.#asked.values()) reject(this.#gone);
  }

  /** An idle child does not keep this process alive. */
  #hold(): void {
    const busy = this.#asked.size > 0;
    const { channel, stderr } = this.#child;
    for (const handle of [this.#child, channel, stderr])
      if (handle !== undefined && handle !== null && "ref" in handle && "unref" in handle) {
        const turn: unknown = busy ? handle.ref : handle.unref;
        if (typeof turn === "function") turn.call(handle);
      }
  }

  #crash(how: string, cause?: unknown): AideError {
    if (this.#closing) return backendClosed();
    return crashFailure(this.#model, how, this.#stderr, cause);
  }
}
