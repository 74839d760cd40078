import type { Command } from "@aide-ts/executor-kit";
import { ForkServer } from "./fork-server.ts";

/** Fork servers that the runs of one process use one after the other, so that only the first of them waits for imports: one for each interpreter. */
export class LastingServers {
  static readonly #known = new WeakMap<DisposableStack, LastingServers>();
  readonly #lifetime: DisposableStack;
  readonly #servers = new Map<string, ForkServer>();

  private constructor(lifetime: DisposableStack) {
    this.#lifetime = lifetime;
  }

  /** Those that end with `lifetime`. */
  static of(lifetime: DisposableStack): LastingServers {
    const known = this.#known.get(lifetime) ?? new LastingServers(lifetime);
    this.#known.set(lifetime, known);
    return known;
  }

  /** Starts one where there is none, or the last one is gone. */
  serverFor(command: Command): ForkServer {
    const known = this.#servers.get(command.program);
    if (known?.isGone === false) return known;
    const server = this.#lifetime.use(new ForkServer(command));
    this.#servers.set(command.program, server);
    return server;
  }
}
