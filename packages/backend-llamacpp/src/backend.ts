import { fork, type ChildProcess } from "node:child_process";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { AideError, type Backend, type BackendCall, type CallProgress, type Capabilities, type GenerateRequest, type Generation } from "@aide-ts/plugin";
import { isFromChild, type Answer, type ChildSetup, type ToChild } from "./child/protocol.ts";

interface Waiting {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
  readonly onProgress: ((progress: CallProgress) => void) | undefined;
}

const isSource = import.meta.url.endsWith(".ts");
const childFile = fileURLToPath(new URL(isSource ? "./child/main.ts" : "./child/main.js", import.meta.url));

/**
 * The embedded model in a process of its own: llama.cpp may crash the process it runs in. A crash fails the call that was running, the next one
 * gets a fresh child.
 */
export class LlamaBackend implements Backend {
  readonly model: string;
  readonly #setup: ChildSetup;
  readonly #waiting = new Map<number, Waiting>();
  #child: ChildProcess | undefined;
  #next = 0;

  constructor(setup: ChildSetup) {
    this.#setup = setup;
    this.model = basename(setup.modelPath);
  }

  /** The child's process id while it runs; for tests that crash it. */
  get processId(): number | undefined {
    return this.#child?.pid;
  }

  async capabilities(_signal: AbortSignal): Promise<Capabilities> {
    const answer = await this.#ask({ kind: "describe", id: this.#next++ });
    if (answer.kind !== "described") throw unexpected(answer);
    return answer.capabilities;
  }

  async countTokens(request: GenerateRequest): Promise<number> {
    const answer = await this.#ask({ kind: "count", id: this.#next++, request });
    if (answer.kind !== "counted") throw unexpected(answer);
    return answer.tokens;
  }

  async generate(request: GenerateRequest, { seed, grantedTokens, signal, onProgress }: BackendCall): Promise<Generation> {
    const id = this.#next++;
    const sent = performance.now();
    const abort = (): void => this.#send({ kind: "abort", id });
    signal.addEventListener("abort", abort, { once: true });
    try {
      const asked = this.#ask({ kind: "generate", id, request, seed, grantedTokens }, onProgress);
      if (signal.aborted) abort();
      const answer = await asked;
      if (answer.kind !== "generated") throw unexpected(answer);
      const { timing } = answer.generation;
      const totalMs = performance.now() - sent;
      return { ...answer.generation, timing: { ...timing, queuedMs: Math.max(0, totalMs - timing.totalMs), totalMs } };
    } finally {
      signal.removeEventListener("abort", abort);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const child = this.#child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
    child.disconnect();
    const timer = setTimeout(() => child.kill("SIGKILL"), 2000);
    await exited;
    clearTimeout(timer);
  }

  async #ask(message: ToChild, onProgress?: (progress: CallProgress) => void): Promise<Answer> {
    const answer = await new Promise<Answer>((resolve, reject) => {
      this.#waiting.set(message.id, { resolve, reject, onProgress });
      this.#child ??= this.#start();
      this.#send(message);
    });
    if (answer.kind === "failed") throw new AideError(answer.error);
    return answer;
  }

  #send(message: ToChild): void {
    if (this.#child?.connected === true) this.#child.send(message);
  }

  #start(): ChildProcess {
    const child = fork(childFile, [JSON.stringify(this.#setup)], {
      execArgv: isSource ? ["--conditions=@aide-ts/source"] : [],
      stdio: ["ignore", "ignore", "ignore", "ipc"],
    });
    child.on("message", (message) => {
      if (!isFromChild(message)) return;
      const waiting = this.#waiting.get(message.id);
      if (message.kind === "progress") waiting?.onProgress?.(message.progress);
      else {
        this.#waiting.delete(message.id);
        waiting?.resolve(message.answer);
      }
    });
    child.on("error", () => undefined);
    child.on("exit", (code, signal) => {
      if (this.#child === child) this.#child = undefined;
      for (const [id, { reject }] of this.#waiting) {
        this.#waiting.delete(id);
        reject(crashed(code, signal));
      }
    });
    return child;
  }
}

const crashed = (code: number | null, signal: string | null): AideError =>
  new AideError({
    code: "AIDE_BACKEND_CRASHED",
    message: `The embedded model's process ended (${signal ?? `exit ${code}`}).`,
    fix: "The call is sent again to a fresh one; if it stays, use a smaller model or context.",
    fault: "backend",
    transient: true,
  });

const unexpected = (answer: Answer): AideError =>
  new AideError({
    code: "AIDE_BACKEND_FAILED",
    message: `The embedded model answered "${answer.kind}" out of turn.`,
    fix: "Report this as a bug of aide.",
    fault: "internal",
  });
