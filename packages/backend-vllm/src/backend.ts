import { leavesTheMachine, neverSent, ProbeCache, type ManagedServer } from "@aide-ts/backend-kit";
import { apiUrl, ask, ChatServer, type Served } from "@aide-ts/backend-openai";
import {
  AideError,
  type Backend,
  type BackendCall,
  type Capabilities,
  type Capability,
  type GenerateRequest,
  type Generation,
  type Host,
} from "@aide-ts/plugin";
import { describeServer } from "./probe/describe.ts";
import { requestFields } from "./protocol/requests.ts";
import { Replica } from "./load/replica.ts";
import { route } from "./load/router.ts";
import type { VllmOptions } from "./options.ts";
import { startServing } from "./serve/start.ts";

interface Running {
  readonly replicas: readonly Replica[];
  /** What each of them says of itself, with the shortest context of all. */
  readonly served: ReadonlyMap<Replica, Served>;
  readonly capabilities: Capabilities;
  readonly managed: ManagedServer | undefined;
}

/** A model on one or several vLLM servers, running ones or one of its own. */
export class VllmBackend implements Backend {
  readonly #options: VllmOptions;
  readonly #host: Host;
  readonly #probes: ProbeCache;
  #running: Promise<Running> | undefined;
  #model: string;
  #disposed = false;

  constructor(options: VllmOptions, host: Host) {
    this.#options = options;
    this.#host = host;
    this.#probes = new ProbeCache(host);
    this.#model = options.model ?? options.path ?? "vllm";
    const [note] = this.#urls().flatMap((url) => leavesTheMachine(url) ?? []);
    if (note !== undefined) host.log(note);
  }

  /** The name that the server knows it by, once it was asked. */
  get model(): string {
    return this.#model;
  }

  async capabilities(signal: AbortSignal): Promise<Capabilities> {
    signal.throwIfAborted();
    return (await this.#ready(signal)).capabilities;
  }

  async countTokens(request: GenerateRequest): Promise<number> {
    const { signal } = new AbortController();
    const [first] = (await this.#ready(signal)).served.values();
    if (first?.renderer === undefined) throw uncounted();
    return (await first.renderer.render(request.messages, signal)).tokens;
  }

  async generate(request: GenerateRequest, call: BackendCall): Promise<Generation> {
    const arrived = performance.now();
    if (call.signal.aborted) return neverSent(0);
    const { replicas, served: all, managed } = await this.#ready(call.signal);
    const replica = route(replicas, request.messages.map(({ role, content }) => `${role}\n${content}\n`).join(""));
    const served = replica && all.get(replica);
    if (replica === undefined || served === undefined) throw closed();
    const { systemMessages, thinking } = this.#options;
    const fields = (maxTokens: number) =>
      requestFields(request, this.#options, { model: served.model, seed: call.seed, maxTokens });
    try {
      const generation = await replica.admit(call.signal, () =>
        ask({
          server: replica.server,
          served,
          request,
          call,
          queuedMs: performance.now() - arrived,
          systemMessages,
          thinking,
          fields,
        }),
      );
      return generation ?? neverSent(performance.now() - arrived);
    } catch (error) {
      if (call.signal.aborted && !AideError.is(error)) return neverSent(performance.now() - arrived);
      throw await this.#explained(error, managed);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#disposed = true;
    await this.#close(true);
  }

  #urls(): readonly string[] {
    const { url } = this.#options;
    return url === undefined ? [] : typeof url === "string" ? [url] : url;
  }

  /** Started and asked once; after a failure, and after a server of our own has died, anew. */
  #ready(signal: AbortSignal): Promise<Running> {
    if (this.#disposed) throw closed();
    this.#running ??= this.#start(signal).catch((error: unknown) => {
      this.#running = undefined;
      throw error;
    });
    return this.#running;
  }

  async #start(signal: AbortSignal): Promise<Running> {
    const given = this.#urls();
    const serving = given.length === 0 ? await startServing(this.#options, this.#host, signal) : undefined;
    const { concurrency, firstTokenSeconds, stallSeconds, keyVariable } = this.#options;
    const replicas = (serving === undefined ? given : [serving.origin]).map(apiUrl).map((url) => {
      const server = new ChatServer({
        url,
        key: this.#host.env(keyVariable),
        keyFix: `export ${keyVariable}=…`,
        sockets: concurrency + 8,
        patience: { firstSeconds: firstTokenSeconds, nextSeconds: stallSeconds },
      });
      return new Replica(server, concurrency);
    });
    try {
      const all = await Promise.all(
        replicas.map(({ server }) => describeServer(server, this.#options, this.#probes, signal)),
      );
      const [first] = all;
      if (first === undefined) throw closed();
      const contextTokens = Math.min(...all.map(({ served: { contextTokens: limit } }) => limit));
      const served = new Map(
        replicas.flatMap((replica, at) => {
          const one = all[at];
          return one === undefined ? [] : [[replica, { ...one.served, contextTokens }] as const];
        }),
      );
      this.#model = first.served.model;
      await Promise.all(replicas.map((replica) => replica.look()));
      const urls = all.map(({ details }) => details["url"] ?? null);
      const details = all.length === 1 ? first.details : { ...first.details, url: urls };
      const capabilities = { has: this.#has(first.served), contextTokens, details };
      return { replicas, served, capabilities, managed: serving?.server };
    } catch (error) {
      await Promise.all(replicas.map(({ server }) => server[Symbol.asyncDispose]()));
      await serving?.server[Symbol.asyncDispose]();
      throw error;
    }
  }

  #has({ renderer, thinks, budgets }: Served): readonly Capability[] {
    return [
      "jsonSchema",
      ...(renderer !== undefined ? (["continuation"] as const) : []),
      ...(thinks && (renderer !== undefined || budgets) ? (["thoughtBudget"] as const) : []),
      ...(this.#options.batchInvariant ? (["seed"] as const) : []),
    ];
  }

  /** Why a call failed, where the server has died of it; the next call starts another. */
  async #explained(error: unknown, managed: ManagedServer | undefined): Promise<unknown> {
    const death = managed?.failure;
    if (death === undefined || !AideError.is(error)) return error;
    await this.#close(false);
    return AideError.with(death, { spent: error.spent });
  }

  async #close(says: boolean): Promise<void> {
    const running = await this.#running?.catch(() => undefined);
    this.#running = undefined;
    if (running === undefined) return;
    for (const replica of running.replicas) {
      replica.stopLooking();
      if (says) await replica.look();
      const summary = replica.summary();
      if (says && summary !== undefined) this.#host.log(`vLLM     ${summary}`);
      await replica.server[Symbol.asyncDispose]();
    }
    await running.managed?.[Symbol.asyncDispose]();
  }
}

const uncounted = (): AideError =>
  new AideError({
    code: "AIDE_BACKEND_REFUSED",
    message: "The server does not count tokens.",
    fix: "Take vLLM itself for this.",
    fault: "backend",
  });

const closed = (): AideError =>
  new AideError({
    code: "AIDE_BACKEND_CLOSED",
    message: "The backend was closed.",
    fix: "Make a new backend, or dispose it later.",
    fault: "internal",
  });
