import "reflect-metadata";
import { AideError } from "@aide-ts/plugin";
import { container, instancePerContainerCachingFactory, type DependencyContainer } from "tsyringe";

declare const service: unique symbol;

/** A typed key of a service. `T` is for the compiler alone. */
export interface Token<T> {
  readonly key: symbol;
  readonly [service]?: (value: T) => T;
}

export const token = <T>(name: string): Token<T> => ({ key: Symbol(name) });

/** The side that asks; it can register nothing. */
export interface Services {
  get<T>(token: Token<T>): T;
}

/**
 * A scope of services, over a tsyringe container; the only module that knows tsyringe. What a scope builds it closes, newest first, after the
 * scopes below it.
 */
export class Registry implements Services, AsyncDisposable {
  static readonly #owners = new WeakMap<DependencyContainer, Registry>();
  readonly #container: DependencyContainer;
  readonly #built: AsyncDisposable[] = [];
  readonly #scopes: Registry[] = [];

  constructor(parent: DependencyContainer = container) {
    this.#container = parent.createChildContainer();
    Registry.#owners.set(this.#container, this);
  }

  value<T>(token: Token<T>, value: NoInfer<T>): this {
    this.#container.register(token.key, { useValue: value });
    return this;
  }

  /** Built once, in this scope, on first use; it sees nothing of the scopes below. */
  shared<T>(token: Token<T>, build: (services: Services) => NoInfer<T>): this {
    let built: { readonly value: T } | undefined;
    this.#container.register(token.key, { useFactory: () => (built ??= { value: this.#keep(build(this)) }).value });
    return this;
  }

  /** Built once in each scope that asks for it. */
  scoped<T>(token: Token<T>, build: (services: Services) => NoInfer<T>): this {
    this.#container.register(token.key, {
      useFactory: instancePerContainerCachingFactory((asking) => {
        const scope = Registry.#owners.get(asking) ?? this;
        return scope.#keep(build(scope));
      }),
    });
    return this;
  }

  /** @throws AIDE_SERVICE_MISSING */
  get<T>({ key }: Token<T>): T {
    if (!this.#container.isRegistered(key, true)) {
      throw new AideError({
        code: "AIDE_SERVICE_MISSING",
        message: `No service is registered for ${key.description}.`,
        fix: "Report this as a bug of aide.",
        fault: "internal",
      });
    }
    return this.#container.resolve<T>(key);
  }

  /** A child scope: it sees this one's services and may add its own. */
  scope(): Registry {
    const child = new Registry(this.#container);
    this.#scopes.push(child);
    return child;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const failures: unknown[] = [];
    for (const part of [...this.#built.splice(0), ...this.#scopes.splice(0)].reverse()) {
      try {
        await part[Symbol.asyncDispose]();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw new AggregateError(failures, "Some services could not be closed.");
  }

  #keep<T>(value: T): T {
    if (isAsyncDisposable(value)) this.#built.push(value);
    return value;
  }
}

const isAsyncDisposable = (value: unknown): value is AsyncDisposable =>
  typeof value === "object" && value !== null && Symbol.asyncDispose in value;
