import { failureBehind, leavesTheMachine, Once, Slots } from "@aide-ts/backend-kit";
import { ask } from "@aide-ts/backend-openai";
import type { Backend, BackendCall, Capabilities, GenerateRequest, Generation, Host } from "@aide-ts/plugin";
import type { TransformersOptions } from "./options.ts";
import { capabilitiesOf, describe, type Description } from "./probe/describe.ts";
import { requestFields } from "./protocol/requests.ts";
import { endRunning, startRunning, type Running } from "./serve/running.ts";
import { noTokenizer, overflow } from "./errors.ts";

/** A model behind Hugging Face's `transformers serve`, a running one or one of its own. */
export class TransformersBackend implements Backend {
  readonly #options: TransformersOptions;
  readonly #slots: Slots;
  readonly #described: Once<Description>;
  readonly #running: Once<Running>;

  constructor(options: TransformersOptions, host: Host) {
    const described = new Once(() => describe(options, host));
    this.#options = options;
    this.#slots = new Slots(options.concurrency);
    this.#described = described;
    this.#running = new Once(async (signal) => {
      const { weights } = await described.get(signal);
      return startRunning(options, weights.name, host, signal);
    });
    const note = options.url === undefined ? undefined : leavesTheMachine(options.url);
    if (note !== undefined) host.log(note);
  }

  get model(): string {
    return this.#options.model ?? this.#options.path ?? "transformers";
  }

  /** From the model's files, then from the server, which is started for it. */
  async capabilities(signal: AbortSignal): Promise<Capabilities> {
    const described = await this.#described.get(signal);
    await this.#running.get(signal);
    return capabilitiesOf(described, this.#options);
  }

  async countTokens(request: GenerateRequest): Promise<number> {
    const { weights, served } = await this.#described.get();
    if (served.renderer === undefined) throw noTokenizer(weights.folder);
    return (await served.renderer.render(request.messages, new AbortController().signal)).tokens;
  }

  generate(request: GenerateRequest, call: BackendCall): Promise<Generation> {
    return this.#slots.run(call, (queuedMs) => this.#generate(request, call, queuedMs));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const [running] = await Promise.all([this.#running.close(), this.#described.close()]);
    if (running !== undefined) await endRunning(running);
  }

  async #generate(request: GenerateRequest, call: BackendCall, queuedMs: number): Promise<Generation> {
    const { weights, served } = await this.#described.get(call.signal);
    const running = await this.#running.get(call.signal);
    const { server } = running;
    const { systemMessages, thinking } = this.#options;
    const { name: model, endTokens } = weights;
    const fields = (maxTokens: number) =>
      requestFields(request, this.#options, { model, endTokens, seed: call.seed, maxTokens });
    try {
      const generation = await ask({ server, served, request, call, queuedMs, systemMessages, thinking, fields });
      if (generation.usage.prompt < served.contextTokens) return generation;
      throw overflow(generation.usage, served.contextTokens, server.url);
    } catch (error) {
      throw await failureBehind(error, running, this.#running, endRunning);
    }
  }
}
