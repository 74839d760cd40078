import { leavesTheMachine, Once, ProbeCache, Slots } from "@aide-ts/backend-kit";
import type { Backend, BackendCall, Capabilities, GenerateRequest, Generation, Host } from "@aide-ts/plugin";
import { AdaptedCalls } from "./call/adapted-calls.ts";
import { keyFor } from "./key.ts";
import type { OpenAiOptions } from "./options.ts";
import { presets, type Preset } from "./presets.ts";
import { learn, type Known } from "./probe/known.ts";
import { ChatServer } from "./protocol/server.ts";

/** A model behind any server with OpenAI's chat completions. */
export class OpenAiBackend implements Backend {
  readonly #server: ChatServer;
  readonly #slots: Slots;
  readonly #calls: AdaptedCalls;
  readonly #known: Once<Known>;
  #model: string;

  /** @throws AIDE_BACKEND_KEY_MISSING */
  constructor(options: OpenAiOptions, host: Host) {
    const preset: Preset = presets[options.preset];
    const elsewhere = options.preset === "openai" ? host.env("OPENAI_BASE_URL") : undefined;
    const url = options.url ?? elsewhere ?? preset.url ?? "";
    const key = keyFor(preset, options.keyVariable, host);
    const say = (line: string) => host.log(line);
    const server = new ChatServer({
      url,
      key: key.value,
      keyFix: key.fix,
      sockets: options.concurrency,
      patience: { firstSeconds: options.firstTokenSeconds, nextSeconds: options.stallSeconds },
    });
    const speaking = { server, options, preset, say };
    const calls = new AdaptedCalls(speaking);
    this.#server = server;
    this.#slots = new Slots(options.concurrency);
    this.#calls = calls;
    this.#model = options.model ?? options.preset;
    this.#known = new Once(async (signal) => {
      const known = await learn({ ...speaking, calls, probes: new ProbeCache(host) }, signal);
      this.#model = known.served.model;
      return known;
    });
    const note = leavesTheMachine(url);
    if (note !== undefined) say(note);
  }

  /** The name that the server knows it by, once it was asked. */
  get model(): string {
    return this.#model;
  }

  async capabilities(signal: AbortSignal): Promise<Capabilities> {
    return (await this.#known.get(signal)).capabilities;
  }

  generate(request: GenerateRequest, call: BackendCall): Promise<Generation> {
    return this.#slots.run(call, async (queuedMs) => {
      const { served } = await this.#known.get(call.signal);
      return this.#calls.ask(request, call, served, queuedMs);
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#known.close();
    await this.#server[Symbol.asyncDispose]();
  }
}
