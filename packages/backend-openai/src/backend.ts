import {
  inSlot,
  isOnThisMachine,
  leavesTheMachine,
  modelNotFound,
  nearMiss,
  ProbeCache,
  Slots,
} from "@aide-ts/backend-kit";
import {
  AideError,
  type Backend,
  type BackendCall,
  type Capabilities,
  type GenerateRequest,
  type Generation,
  type Host,
} from "@aide-ts/plugin";
import { ask } from "./call/ask.ts";
import type { Served } from "./call/asking.ts";
import { isOllama, ownWords, servedModels, type ServedModel } from "./probe/describe.ts";
import { keyFor } from "./key.ts";
import type { OpenAiOptions } from "./options.ts";
import { presets, type Preset } from "./presets.ts";
import { requestFields } from "./protocol/requests.ts";
import { Dialect } from "./protocol/dialect.ts";
import { ChatServer, type Body } from "./protocol/server.ts";

interface Known {
  readonly served: Served;
  readonly capabilities: Capabilities;
}

const SCHEMA_PROBE = {
  type: "object",
  properties: { ok: { type: "boolean" } },
  required: ["ok"],
  additionalProperties: false,
} as const;

/** A model behind any server with OpenAI's chat completions. */
export class OpenAiBackend implements Backend {
  readonly #options: OpenAiOptions;
  readonly #preset: Preset;
  readonly #server: ChatServer;
  readonly #slots: Slots;
  readonly #dialect = new Dialect();
  readonly #probes: ProbeCache;
  readonly #host: Host;
  #known: Promise<Known> | undefined;
  #model: string;

  /** @throws AIDE_BACKEND_KEY_MISSING */
  constructor(options: OpenAiOptions, host: Host) {
    this.#options = options;
    this.#host = host;
    this.#preset = presets[options.preset];
    const elsewhere = options.preset === "openai" ? host.env("OPENAI_BASE_URL") : undefined;
    const url = options.url ?? elsewhere ?? this.#preset.url ?? "";
    const key = keyFor(this.#preset, options.keyVariable, host);
    this.#server = new ChatServer({
      url,
      key: key.value,
      keyFix: key.fix,
      sockets: options.concurrency,
      patience: { firstSeconds: options.firstTokenSeconds, nextSeconds: options.stallSeconds },
    });
    this.#slots = new Slots(options.concurrency);
    this.#probes = new ProbeCache(host);
    this.#model = options.model ?? options.preset;
    const note = leavesTheMachine(url);
    if (note !== undefined) host.log(note);
  }

  /** The name that the server knows it by, once it was asked. */
  get model(): string {
    return this.#model;
  }

  async capabilities(signal: AbortSignal): Promise<Capabilities> {
    signal.throwIfAborted();
    return (await this.#ask(signal)).capabilities;
  }

  generate(request: GenerateRequest, call: BackendCall): Promise<Generation> {
    return inSlot(this.#slots, call, async (queuedMs) => {
      const { served } = await this.#ask(call.signal);
      return this.#generate(request, call, served, queuedMs);
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server[Symbol.asyncDispose]();
  }

  /** Asks, once more without each field that the server refuses. */
  async #generate(request: GenerateRequest, call: BackendCall, served: Served, queuedMs: number): Promise<Generation> {
    const { systemMessages, thinking, body } = this.#options;
    for (;;) {
      let sent: Body = {};
      const fields = (maxTokens: number): Body => {
        const own = requestFields(request, this.#options, this.#preset, {
          model: served.model,
          seed: call.seed,
          maxTokens,
        });
        sent = { ...this.#dialect.adapt(own), ...body };
        return sent;
      };
      try {
        return await ask({ server: this.#server, served, request, call, queuedMs, systemMessages, thinking, fields });
      } catch (error) {
        const refused = AideError.is(error) ? this.#dialect.learn(error, sent) : undefined;
        if (refused === undefined) throw error;
        this.#host.log(`model    ${served.model} does not take ${refused}: it is left out from now on`);
      }
    }
  }

  /** Asked once; a failure is asked again. */
  #ask(signal: AbortSignal): Promise<Known> {
    this.#known ??= this.#discover(signal).catch((error: unknown) => {
      this.#known = undefined;
      throw error;
    });
    return this.#known;
  }

  async #discover(signal: AbortSignal): Promise<Known> {
    const { preset, contextTokens } = this.#options;
    const listed = await servedModels(this.#server, signal);
    const { id, contextTokens: limit, root } = this.#choose(listed);
    this.#model = id;
    if (preset === "custom" && (await isOllama(this.#server, signal)))
      this.#host.log(
        "model    this is Ollama: by this protocol it cuts prompts that are too long. backend.use=ollama does not",
      );
    const own = await ownWords(preset, this.#server, signal);
    const served: Served = {
      model: id,
      contextTokens: contextTokens ?? own.contextTokens ?? limit ?? this.#preset.contextTokens,
      renderer: undefined,
      thinks: this.#options.thinking,
      opened: false,
      splits: false,
      budgets: false,
      schemas: true,
      prefixBlock: undefined,
    };
    const schemas =
      this.#preset.jsonSchema === "probe" ? await this.#holdsToSchema(served, signal) : this.#preset.jsonSchema;
    return {
      served: { ...served, schemas },
      capabilities: {
        has: schemas ? ["jsonSchema"] : [],
        contextTokens: served.contextTokens,
        details: { server: preset, url: this.#server.url, ...(root === undefined ? {} : { root }), ...own.details },
      },
    };
  }

  #choose(served: readonly ServedModel[] | undefined): ServedModel {
    const { model } = this.#options;
    const ids = served?.map(({ id }) => id) ?? [];
    if (model === undefined) {
      const [only, ...others] = served ?? [];
      if (only !== undefined && others.length === 0) return only;
      throw noModel(this.#server.url, ids);
    }
    const plain = { id: model, contextTokens: undefined, root: undefined };
    if (served === undefined) return plain;
    // Gemini lists its models as models/…, Ollama with their tag.
    const found = served.find(({ id }) => [model, `models/${model}`, `${model}:latest`].includes(id));
    if (found !== undefined) return { ...found, id: model };
    // Vendors leave names out of their lists that they serve all the same; one's own server does not.
    if (!isOnThisMachine(this.#server.url) || this.#options.preset === "llama-server") return plain;
    throw modelNotFound(this.#server.url, model, ids, "", { near: nearMiss(model, ids) });
  }

  async #holdsToSchema(served: Served, signal: AbortSignal): Promise<boolean> {
    const found = await this.#probes.found(`${this.#server.url} ${served.model} jsonSchema`, async () => {
      const request: GenerateRequest = {
        messages: [{ role: "user", content: "Write a short poem about the sea." }],
        schema: SCHEMA_PROBE,
        temperature: 0,
      };
      try {
        const { text } = await this.#generate(request, { seed: 0, grantedTokens: 64, signal }, served, 0);
        return isObjectWithOk(text);
      } catch (error) {
        if (AideError.is(error) && error.code === "AIDE_BACKEND_REFUSED") return false;
        throw error;
      }
    });
    return found === true;
  }
}

/** A poem is asked for: only a server that holds to the schema gives this. */
const isObjectWithOk = (text: string): boolean => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && "ok" in value;
  } catch {
    return false;
  }
};

const noModel = (server: string, served: readonly string[]): AideError =>
  new AideError({
    code: "AIDE_MODEL_NOT_CHOSEN",
    message: "Nothing says which of the model server's models is meant.",
    fix: `backend.model=${served[0] ?? "…"}`,
    fault: "user",
    facts: { server, "it serves": served.slice(0, 20).join(", ") },
  });
