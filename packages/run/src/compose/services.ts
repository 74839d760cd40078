import { Registry, token } from "@aide-ts/core";
import { type Backend, type Capabilities, type Executor, type ExecutorHost, type Host } from "@aide-ts/plugin";
import { servedBy, type Plugins } from "./ready.ts";
import { backendMissing } from "../errors/composition.ts";

const backendToken = token<(role: string) => Backend>("backend");
const executorToken = token<Executor>("executor");

/** The services of one run: backends are made when a role is first asked, and all are closed with the scope, newest first. */
export class RunServices implements AsyncDisposable {
  readonly #registry = new Registry();

  constructor(plugins: Plugins, host: Host, execution: Omit<ExecutorHost, keyof Host>) {
    const made = new Map(
      [...plugins.backends].map(([role, ready]) => {
        const own = token<Backend>(`backend ${role}`);
        this.#registry.shared(own, () => ready.create(host));
        return [role, own] as const;
      }),
    );
    this.#registry.value(backendToken, (role) => {
      const wanted = servedBy(made, role);
      if (wanted === undefined) throw backendMissing(role);
      return this.#registry.get(wanted);
    });
    this.#registry.shared(executorToken, () => plugins.executor.create({ ...host, ...execution }));
  }

  backend(role: string): Backend {
    return this.#registry.get(backendToken)(role);
  }

  get executor(): Executor {
    return this.#registry.get(executorToken);
  }

  /** Capabilities of each role's backend, asked once before the first proposal. */
  async capabilities(roles: readonly string[], signal: AbortSignal): Promise<ReadonlyMap<string, Capabilities>> {
    const known = new Map<string, Capabilities>();
    for (const role of roles) known.set(role, await this.backend(role).capabilities(signal));
    return known;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#registry[Symbol.asyncDispose]();
  }
}
