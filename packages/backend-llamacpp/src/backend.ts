import { basename } from "node:path";
import { neverSent, Slots } from "@aide-ts/backend-kit";
import type { Backend, BackendCall, Capabilities, GenerateRequest, Generation, Host } from "@aide-ts/plugin";
import { AideError } from "@aide-ts/plugin";
import { capabilitiesOf, type Answer, type Settings } from "./protocol/messages.ts";
import { ModelProcess, type Question } from "./protocol/model-process.ts";
import { resolveModel } from "./models/resolve.ts";
import type { LlamacppOptions } from "./options.ts";

const settingsFor = (options: LlamacppOptions, modelPath: string): Settings => {
  const { contextTokens, threads, sequences, reuse, flashAttention, gpu, thinking } = options;
  const { temperature, topP, topK, minP, repeatPenalty } = options;
  const sampling = { temperature, topP, topK, minP, repeatPenalty };
  return { modelPath, contextTokens, threads, sequences, reuse, flashAttention, gpu, thinking, sampling };
};

const unexpected = (answer: Answer): AideError =>
  new AideError({
    code: "AIDE_BACKEND_FAILED",
    message: `The process of the embedded model answered out of turn (${answer.kind}).`,
    fix: "Report this.",
    fault: "backend",
  });

/** A GGUF model in a child process, which starts at first use, and again after it crashed. */
export class LlamacppBackend implements Backend {
  readonly model: string;
  readonly #options: LlamacppOptions;
  readonly #host: Pick<Host, "cacheFolder">;
  readonly #slots = new Slots(1);
  #process: Promise<ModelProcess> | undefined;
  #disposed = false;

  constructor(options: LlamacppOptions, host: Pick<Host, "cacheFolder">) {
    this.#options = options;
    this.#host = host;
    this.model = options.model.endsWith(".gguf") ? basename(options.model) : options.model;
  }

  /** The child's process id, while there is one. */
  async pid(): Promise<number | undefined> {
    const child = await this.#process?.catch(() => undefined);
    return child?.running === true ? child.pid : undefined;
  }

  /** Reads the header of the model file; the weights are not loaded for it. */
  async capabilities(signal: AbortSignal): Promise<Capabilities> {
    signal.throwIfAborted();
    const answer = await this.#ask({ kind: "describe" });
    if (answer.kind !== "described") throw unexpected(answer);
    signal.throwIfAborted();
    const { contextTokens, details } = answer.description;
    return { has: capabilitiesOf(answer.description), contextTokens, details };
  }

  async countTokens(request: GenerateRequest): Promise<number> {
    const answer = await this.#ask({ kind: "count", request });
    if (answer.kind !== "counted") throw unexpected(answer);
    return answer.tokens;
  }

  async generate(request: GenerateRequest, call: BackendCall): Promise<Generation> {
    const arrived = performance.now();
    const leave = await this.#slots.enter(call.signal);
    const queuedMs = performance.now() - arrived;
    if (leave === undefined) return neverSent(queuedMs);
    try {
      const { onProgress } = call;
      const answer = await this.#ask(
        { kind: "generate", request, seed: call.seed, grantedTokens: call.grantedTokens },
        { signal: call.signal, ...(onProgress === undefined ? {} : { onProgress }) },
      );
      if (answer.kind !== "generated") throw unexpected(answer);
      const { text, reasoning, finish, usage, firstTokenMs } = answer.generated;
      return {
        text,
        reasoning,
        finish,
        usage: { ...usage, estimated: false },
        timing: { queuedMs, firstTokenMs: queuedMs + firstTokenMs, totalMs: performance.now() - arrived },
      };
    } finally {
      leave();
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#disposed = true;
    const child = await this.#process?.catch(() => undefined);
    this.#process = undefined;
    await child?.close();
  }

  async #ask(question: Question, options?: Parameters<ModelProcess["ask"]>[1]): Promise<Answer> {
    return (await this.#running()).ask(question, options);
  }

  /** The child that can be asked. Whoever comes first after a crash starts the next one. */
  async #running(): Promise<ModelProcess> {
    const last = this.#process;
    const child = await last?.catch(() => undefined);
    if (child?.running === true) return child;
    if (this.#disposed)
      throw new AideError({
        code: "AIDE_BACKEND_CLOSED",
        message: "The embedded model was closed.",
        fix: "Make a new backend, or dispose it later.",
        fault: "internal",
      });
    if (this.#process === last || this.#process === undefined) this.#process = this.#start();
    return this.#process;
  }

  async #start(): Promise<ModelProcess> {
    const path = await resolveModel(this.#options.model, { cacheFolder: this.#host.cacheFolder });
    return new ModelProcess(settingsFor(this.#options, path));
  }
}
