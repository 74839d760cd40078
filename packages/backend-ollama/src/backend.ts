import { neverSent, Slots } from "@aide-ts/backend-kit";
import type { Backend, BackendCall, Capabilities, GenerateRequest, Generation, Host } from "@aide-ts/plugin";
import { serverUrl } from "./protocol/address.ts";
import { closed } from "./failures.ts";
import { Call } from "./call/call.ts";
import { capabilitiesOf, learn, type Known } from "./probe/known.ts";
import type { OllamaOptions } from "./options.ts";
import { PromptEstimate } from "./call/prompt-estimate.ts";
import { OllamaServer } from "./protocol/server.ts";

/** A model that an Ollama server runs, asked by Ollama's own API. */
export class OllamaBackend implements Backend {
  readonly model: string;
  readonly #options: OllamaOptions;
  readonly #host: Pick<Host, "runFolder" | "log">;
  readonly #server: OllamaServer;
  readonly #slots: Slots;
  readonly #estimate = new PromptEstimate();
  readonly #closing = new AbortController();
  #known: Promise<Known> | undefined;

  /** @throws AIDE_BACKEND_URL */
  constructor(options: OllamaOptions, host: Pick<Host, "runFolder" | "log" | "env">) {
    this.model = options.model;
    this.#options = options;
    this.#host = host;
    // One more than calls: what is asked about the server must not wait for an answer that takes hours.
    const sockets = options.concurrency + 1;
    this.#server = new OllamaServer(serverUrl(options.url ?? host.env("OLLAMA_HOST")), options.model, sockets);
    this.#slots = new Slots(options.concurrency);
  }

  /**
   * Asks the server what it has, and loads the model to see what it can do.
   * @throws AIDE_MODEL_NOT_FOUND, AIDE_BACKEND_…, and the signal's reason.
   */
  async capabilities(signal: AbortSignal): Promise<Capabilities> {
    return capabilitiesOf(await this.#learned(signal));
  }

  async generate(request: GenerateRequest, call: BackendCall): Promise<Generation> {
    const arrived = performance.now();
    const leave = await this.#slots.enter(call.signal);
    const queuedMs = performance.now() - arrived;
    if (leave === undefined) return neverSent(queuedMs);
    try {
      const known = await this.#learned(call.signal).catch((error: unknown) => {
        if (call.signal.aborted) return undefined;
        throw error;
      });
      if (known === undefined) return neverSent(performance.now() - arrived);
      const began = performance.now();
      const deps = { server: this.#server, options: this.#options, known, estimate: this.#estimate };
      const { firstTokenMs, ...generated } = await new Call(request, call, deps).run();
      return {
        ...generated,
        timing: { queuedMs, firstTokenMs: began - arrived + firstTokenMs, totalMs: performance.now() - arrived },
      };
    } finally {
      leave();
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort(closed());
    await this.#server[Symbol.asyncDispose]();
  }

  /** What is known of the server: asked once, by whoever comes first, and again only where asking failed. */
  async #learned(signal: AbortSignal): Promise<Known> {
    signal.throwIfAborted();
    this.#known ??= learn(this.#server, this.#options, this.#host, this.#closing.signal).catch((error: unknown) => {
      this.#known = undefined;
      throw error;
    });
    const { promise: stopped, reject } = Promise.withResolvers<never>();
    const stop = () => reject(signal.reason);
    signal.addEventListener("abort", stop, { once: true });
    try {
      return await Promise.race([this.#known, stopped]);
    } finally {
      signal.removeEventListener("abort", stop);
    }
  }
}
