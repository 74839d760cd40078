import { digest } from "@aide-ts/core";
import type { Host } from "@aide-ts/plugin";
import type { Plugins, ReadyBackend } from "@aide-ts/run";

/** Options of backends that use a shared server, by the digest of what they are without it. */
export type ServerOptions = Readonly<Record<string, unknown>>;

/** Model servers that several cells use: each is started when it is first asked for, and ends with this object. */
export class SharedServers implements AsyncDisposable {
  readonly #host: Host;
  readonly #signal: AbortSignal;
  readonly #stack = new AsyncDisposableStack();
  readonly #shared = new Map<string, { readonly backend: ReadyBackend; readonly options: Promise<unknown> }>();

  constructor(host: Host, signal: AbortSignal) {
    this.#host = host;
    this.#signal = signal;
  }

  /**
   * Starts what the backends of these plugins can share, or sees that what they name answers.
   * @throws what backends throw whose server cannot be reached or started
   */
  async start({ backends }: Pick<Plugins, "backends">): Promise<ServerOptions> {
    const options: Record<string, unknown> = {};
    for (const backend of backends.values()) {
      const key = keyOf(backend);
      const shared = await this.#once(key, backend);
      if (shared !== undefined) options[key] = shared;
    }
    return options;
  }

  /** Whether all that were started still answer. */
  async answer(): Promise<boolean> {
    for (const { backend, options: shared } of this.#shared.values()) {
      const options = await shared;
      if (options === undefined) continue;
      try {
        const again = await backend.sharing(options).share(this.#host, this.#signal);
        await again?.[Symbol.asyncDispose]();
      } catch {
        this.#signal.throwIfAborted();
        return false;
      }
    }
    return true;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.allSettled([...this.#shared.values()].map(({ options }) => options));
    await this.#stack.disposeAsync();
  }

  #once(key: string, backend: ReadyBackend): Promise<unknown> {
    const begun = this.#shared.get(key);
    if (begun !== undefined) return begun.options;
    const options = backend.share(this.#host, this.#signal).then((shared) => this.#stack.use(shared)?.options);
    this.#shared.set(key, { backend, options });
    return options;
  }
}

const keyOf = ({ use, options }: Pick<ReadyBackend, "use" | "options">): string =>
  digest({ use, options: options ?? null });

/** Plugins whose backends use the servers that are shared. */
export const withServers = <P extends Pick<Plugins, "backends">>(plugins: P, servers: ServerOptions): P => ({
  ...plugins,
  backends: new Map(
    [...plugins.backends].map(([role, backend]) => {
      const options = servers[keyOf(backend)];
      return [role, options === undefined ? backend : backend.sharing(options)];
    }),
  ),
});
