import { backendClosed, failureBehind, leavesTheMachine, Once, unlessStopped } from "@aide-ts/backend-kit";
import { ask } from "@aide-ts/backend-openai";
import type { Backend, BackendCall, Capabilities, GenerateRequest, Generation, Host } from "@aide-ts/plugin";
import { route } from "./load/router.ts";
import type { VllmOptions } from "./options.ts";
import { requestFields } from "./protocol/requests.ts";
import { endRunning, startRunning, type Running } from "./serve/running.ts";
import { doesNotTokenize } from "./errors.ts";

/** A model on one or several vLLM servers, running ones or one of its own. */
export class VllmBackend implements Backend {
  readonly #options: VllmOptions;
  readonly #say: (line: string) => void;
  readonly #running: Once<Running>;
  #model: string;

  constructor(options: VllmOptions, host: Host) {
    this.#options = options;
    this.#say = (line) => host.log(line);
    this.#model = options.model ?? options.path ?? "vllm";
    this.#running = new Once(async (signal) => {
      const running = await startRunning(options, host, signal);
      this.#model = running.model;
      return running;
    });
    const [note] = [options.url ?? []].flat().flatMap((url) => leavesTheMachine(url) ?? []);
    if (note !== undefined) host.log(note);
  }

  /** The name that the server knows it by, once it was asked. */
  get model(): string {
    return this.#model;
  }

  async capabilities(signal: AbortSignal): Promise<Capabilities> {
    return (await this.#running.get(signal)).capabilities;
  }

  async countTokens(request: GenerateRequest): Promise<number> {
    const [first] = (await this.#running.get()).served;
    const [replica, served] = first ?? [];
    if (served?.renderer === undefined) throw doesNotTokenize(replica?.server.url ?? "");
    return (await served.renderer.render(request.messages, new AbortController().signal)).tokens;
  }

  generate(request: GenerateRequest, call: BackendCall): Promise<Generation> {
    const arrived = performance.now();
    return unlessStopped(call.signal, () => this.#generate(request, call, arrived), arrived);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const running = await this.#running.close();
    if (running !== undefined) await endRunning(running, this.#say);
  }

  async #generate(request: GenerateRequest, call: BackendCall, arrived: number): Promise<Generation> {
    const running = await this.#running.get(call.signal);
    const prompt = request.messages.map(({ role, content }) => `${role}\n${content}\n`).join("");
    const replica = route([...running.served.keys()], prompt);
    const served = replica && running.served.get(replica);
    if (replica === undefined || served === undefined) throw backendClosed();
    const { systemMessages, thinking } = this.#options;
    const fields = (maxTokens: number) =>
      requestFields(request, this.#options, { model: served.model, seed: call.seed, maxTokens });
    const { server } = replica;
    try {
      return await replica.run(call, () => {
        const queuedMs = performance.now() - arrived;
        return ask({ server, served, request, call, queuedMs, systemMessages, thinking, fields });
      });
    } catch (error) {
      throw await failureBehind(error, running, this.#running, (dead) => endRunning(dead, undefined));
    }
  }
}
