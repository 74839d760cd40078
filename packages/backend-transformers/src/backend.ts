import { join } from "node:path";
import {
  inSlot,
  leavesTheMachine,
  serverEnvironment,
  Slots,
  startListening,
  type ListeningServer,
  type ManagedServer,
} from "@aide-ts/backend-kit";
import { apiUrl, ask, ChatServer, type Served } from "@aide-ts/backend-openai";
import {
  AideError,
  type Backend,
  type BackendCall,
  type Capabilities,
  type GenerateRequest,
  type Generation,
  type Host,
} from "@aide-ts/plugin";
import { requestFields } from "./protocol/requests.ts";
import type { TransformersOptions } from "./options.ts";
import { serveCommand } from "./serve/command.ts";
import { LocalRenderer } from "./protocol/renderer.ts";
import { findWeights, type Weights } from "./models/weights.ts";

interface Running {
  readonly server: ChatServer;
  readonly managed: ManagedServer | undefined;
}

interface Known {
  readonly weights: Weights;
  readonly served: Served;
}

/** A model behind Hugging Face's `transformers serve`, a running one or one of its own. */
export class TransformersBackend implements Backend {
  readonly #options: TransformersOptions;
  readonly #host: Host;
  readonly #slots: Slots;
  #known: Promise<Known> | undefined;
  #running: Promise<Running> | undefined;
  #disposed = false;

  constructor(options: TransformersOptions, host: Host) {
    this.#options = options;
    this.#host = host;
    this.#slots = new Slots(options.concurrency);
    const note = options.url === undefined ? undefined : leavesTheMachine(options.url);
    if (note !== undefined) host.log(note);
  }

  get model(): string {
    return this.#options.model ?? this.#options.path ?? "transformers";
  }

  /** From the model's files, then from the server, which is started for it. */
  async capabilities(signal: AbortSignal): Promise<Capabilities> {
    signal.throwIfAborted();
    const { weights, served } = await this.#find();
    await this.#ready(signal);
    const { quantization, serve, concurrency, url } = this.#options;
    const repeats = concurrency === 1 && !serve.continuousBatching;
    return {
      has: [
        ...(served.renderer === undefined ? [] : (["continuation"] as const)),
        ...(served.renderer === undefined || !served.thinks ? [] : (["thoughtBudget"] as const)),
        ...(repeats ? (["seed"] as const) : []),
      ],
      contextTokens: served.contextTokens,
      details: {
        server: "transformers",
        url: url ?? "started with the run",
        weights: weights.name,
        quantization:
          quantization === "none" ? (weights.quantized ?? `none (${weights.dtype ?? "as stored"})`) : quantization,
      },
    };
  }

  async countTokens(request: GenerateRequest): Promise<number> {
    const { renderer } = (await this.#find()).served;
    if (renderer === undefined) throw uncounted();
    return (await renderer.render(request.messages, new AbortController().signal)).tokens;
  }

  generate(request: GenerateRequest, call: BackendCall): Promise<Generation> {
    return inSlot(this.#slots, call, async (queuedMs) => {
      const { weights, served } = await this.#find();
      const running = await this.#ready(call.signal);
      return this.#ask(running, weights, served, request, call, queuedMs);
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#disposed = true;
    await this.#close();
  }

  async #ask(
    { server, managed }: Running,
    { name, endTokens }: Weights,
    served: Served,
    request: GenerateRequest,
    call: BackendCall,
    queuedMs: number,
  ): Promise<Generation> {
    const { systemMessages, thinking } = this.#options;
    const fields = (maxTokens: number) =>
      requestFields(request, this.#options, { model: name, endTokens, seed: call.seed, maxTokens });
    try {
      const generation = await ask({ server, served, request, call, queuedMs, systemMessages, thinking, fields });
      if (generation.usage.prompt < served.contextTokens) return generation;
      throw overflow(generation, served.contextTokens, server.url);
    } catch (error) {
      const death = managed?.failure;
      if (death === undefined || !AideError.is(error)) throw error;
      await this.#close();
      throw AideError.with(death, { spent: error.spent });
    }
  }

  #find(): Promise<Known> {
    this.#known ??= this.#describe().catch((error: unknown) => {
      this.#known = undefined;
      throw error;
    });
    return this.#known;
  }

  async #describe(): Promise<Known> {
    const { systemMessages, thinking, contextTokens } = this.#options;
    const weights = await findWeights(this.#options, this.#host);
    const renderer = await LocalRenderer.open(weights.folder, { systemMessages, thinking });
    const sample = await renderer?.render([{ role: "user", content: "Hello." }]);
    return {
      weights,
      served: {
        model: weights.name,
        contextTokens: Math.min(contextTokens ?? Infinity, weights.contextTokens ?? 8192),
        renderer,
        thinks: renderer?.thinks ?? thinking === true,
        opened: sample?.opened ?? false,
        splits: false,
        budgets: false,
        schemas: false,
        prefixBlock: undefined,
      },
    };
  }

  #ready(signal: AbortSignal): Promise<Running> {
    if (this.#disposed) throw closed();
    this.#running ??= this.#start(signal).catch((error: unknown) => {
      this.#running = undefined;
      throw error;
    });
    return this.#running;
  }

  async #start(signal: AbortSignal): Promise<Running> {
    const { url, concurrency, firstTokenSeconds, stallSeconds } = this.#options;
    const { weights } = await this.#find();
    const serving = url === undefined ? await this.#serve(weights, signal) : undefined;
    const server = new ChatServer({
      url: apiUrl(serving?.origin ?? url ?? ""),
      key: undefined,
      keyFix: "none is sent to transformers serve",
      sockets: concurrency + 1,
      patience: { firstSeconds: firstTokenSeconds, nextSeconds: stallSeconds },
    });
    if (serving === undefined) await server.text({ path: "/health", root: true }, signal);
    return { server, managed: serving?.server };
  }

  #serve({ name }: Weights, signal: AbortSignal): Promise<ListeningServer> {
    const { serve } = this.#options;
    return startListening({
      name: "serve",
      port: serve.port,
      command: (port) => serveCommand(this.#options, name, port, this.#host),
      health: "/health",
      env: { ...serverEnvironment(this.#host), HF_HUB_OFFLINE: "1", HF_HUB_DISABLE_TELEMETRY: "1", ...serve.env },
      logFile: join(this.#host.runFolder, "transformers-serve.log"),
      readySeconds: serve.readySeconds,
      say: (line) => this.#host.log(line),
      signal,
    });
  }

  async #close(): Promise<void> {
    const running = await this.#running?.catch(() => undefined);
    this.#running = undefined;
    await running?.server[Symbol.asyncDispose]();
    await running?.managed?.[Symbol.asyncDispose]();
  }
}

/** The server takes prompts of any length, and writes rubbish after long ones. */
const overflow = ({ usage }: Generation, context: number, server: string): AideError =>
  new AideError({
    code: "AIDE_CONTEXT_OVERFLOW",
    message: `The prompt has ${usage.prompt} tokens; prompt and answer together may have ${context}.`,
    fix: "Take a model with a longer context, or shorten the prompt: preview.characters=…",
    fault: "backend",
    facts: { server },
    spent: usage,
  });

const uncounted = (): AideError =>
  new AideError({
    code: "AIDE_MODEL_FILES",
    message: "The model's folder has no tokenizer.json that could be read.",
    fix: "Fetch the whole model: aide models pull …",
    fault: "user",
  });

const closed = (): AideError =>
  new AideError({
    code: "AIDE_BACKEND_CLOSED",
    message: "The backend was closed.",
    fix: "Make a new backend, or dispose it later.",
    fault: "internal",
  });
