import { Once, Slots } from "@aide-ts/backend-kit";
import type { Backend, BackendCall, Capabilities, GenerateRequest, Generation, Host } from "@aide-ts/plugin";
import { Call } from "./call/call.ts";
import { PromptEstimate } from "./call/prompt-estimate.ts";
import type { OllamaOptions } from "./options.ts";
import { capabilitiesOf, learn, type Known } from "./probe/known.ts";
import { serverUrl } from "./protocol/address.ts";
import { OllamaServer } from "./protocol/server.ts";

/** A model that an Ollama server runs, asked by Ollama's own API. */
export class OllamaBackend implements Backend {
  readonly model: string;
  readonly #options: OllamaOptions;
  readonly #server: OllamaServer;
  readonly #slots: Slots;
  readonly #estimate = new PromptEstimate();
  readonly #known: Once<Known>;

  /** @throws AIDE_BACKEND_URL */
  constructor(options: OllamaOptions, host: Pick<Host, "runFolder" | "log" | "env">) {
    this.model = options.model;
    this.#options = options;
    // One more than calls: what is asked about the server must not wait for an answer that takes hours.
    const sockets = options.concurrency + 1;
    const server = new OllamaServer(serverUrl(options.url ?? host.env("OLLAMA_HOST")), options.model, sockets);
    this.#server = server;
    this.#slots = new Slots(options.concurrency);
    this.#known = new Once((signal) => learn(server, options, host, signal));
  }

  /**
   * Asks the server what it has, and loads the model to see what it can do.
   * @throws AIDE_MODEL_NOT_FOUND, AIDE_BACKEND_…, and the signal's reason.
   */
  async capabilities(signal: AbortSignal): Promise<Capabilities> {
    return capabilitiesOf(await this.#known.get(signal));
  }

  generate(request: GenerateRequest, call: BackendCall): Promise<Generation> {
    return this.#slots.run(call, async (queuedMs) => {
      const arrived = performance.now() - queuedMs;
      const known = await this.#known.get(call.signal);
      const began = performance.now();
      const deps = { server: this.#server, options: this.#options, known, estimate: this.#estimate };
      const { firstTokenMs, ...generated } = await new Call(request, call, deps).run();
      return {
        ...generated,
        timing: { queuedMs, firstTokenMs: began - arrived + firstTokenMs, totalMs: performance.now() - arrived },
      };
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#known.close();
    await this.#server[Symbol.asyncDispose]();
  }
}
