import { basename } from "node:path";
import { Once, Slots } from "@aide-ts/backend-kit";
import type { Backend, BackendCall, Capabilities, GenerateRequest, Generation, Host } from "@aide-ts/plugin";
import { ensureLibrary } from "./library/ensure.ts";
import { resolveModel } from "./models/resolve.ts";
import type { LlamacppOptions } from "./options.ts";
import { capabilitiesOf, type Settings } from "./protocol/messages.ts";
import { ModelProcess } from "./protocol/model-process.ts";
import { outOfTurn } from "./errors.ts";

const settingsFor = (options: LlamacppOptions, library: string, modelPath: string): Settings => {
  const { contextTokens, threads, sequences, reuse, flashAttention, gpu, thinking } = options;
  const { temperature, topP, topK, minP, repetitionPenalty } = options;
  const sampling = { temperature, topP, topK, minP, repetitionPenalty };
  return { library, modelPath, contextTokens, threads, sequences, reuse, flashAttention, gpu, thinking, sampling };
};

/** A GGUF model in a child process, which starts at first use, and again after it crashed. */
export class LlamacppBackend implements Backend {
  readonly model: string;
  readonly #slots = new Slots(1);
  readonly #process: Once<ModelProcess>;

  constructor(options: LlamacppOptions, { cacheFolder }: Pick<Host, "cacheFolder">) {
    this.model = options.model.endsWith(".gguf") ? basename(options.model) : options.model;
    this.#process = new Once(async (signal) => {
      const modelPath = await resolveModel(options.model, { cacheFolder });
      const library = await ensureLibrary({ gpu: options.gpu, cacheFolder, env: process.env }, { signal });
      return new ModelProcess(settingsFor(options, library, modelPath));
    });
  }

  /** The child's process id, while there is one. */
  async pid(): Promise<number | undefined> {
    const child = this.#process.found;
    return child?.running === true ? child.pid : undefined;
  }

  /** Reads the header of the model file; the weights are not loaded for it. */
  async capabilities(signal: AbortSignal): Promise<Capabilities> {
    const answer = await (await this.#running(signal)).ask({ kind: "describe" });
    if (answer.kind !== "described") throw outOfTurn(answer.kind);
    signal.throwIfAborted();
    const { contextTokens, details } = answer.description;
    return { has: capabilitiesOf(answer.description), contextTokens, details };
  }

  async countTokens(request: GenerateRequest): Promise<number> {
    const answer = await (await this.#running()).ask({ kind: "count", request });
    if (answer.kind !== "counted") throw outOfTurn(answer.kind);
    return answer.tokens;
  }

  generate(request: GenerateRequest, call: BackendCall): Promise<Generation> {
    return this.#slots.run(call, async (queuedMs) => {
      const began = performance.now();
      const { seed, grantedTokens, signal, onProgress } = call;
      const child = await this.#running(signal);
      const answer = await child.ask(
        { kind: "generate", request, seed, grantedTokens },
        { signal, ...(onProgress === undefined ? {} : { onProgress }) },
      );
      if (answer.kind !== "generated") throw outOfTurn(answer.kind);
      const { text, reasoning, finish, usage, firstTokenMs } = answer.generated;
      return {
        text,
        reasoning,
        finish,
        usage: { ...usage, estimated: false },
        timing: {
          queuedMs,
          firstTokenMs: queuedMs + firstTokenMs,
          totalMs: queuedMs + performance.now() - began,
        },
      };
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await (await this.#process.close())?.close();
  }

  /** The child that can be asked. Whoever comes first after a crash starts the next one. */
  async #running(signal?: AbortSignal): Promise<ModelProcess> {
    const child = await this.#process.get(signal);
    if (child.running) return child;
    this.#process.forget(child);
    return this.#process.get(signal);
  }
}
