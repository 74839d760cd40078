import "reflect-metadata";
import { container, instanceCachingFactory } from "tsyringe";
import { serviceMissing } from "../errors/engine.ts";

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

/** Services of a run, over a tsyringe container; the only module that knows tsyringe. What it builds it closes, newest first. */
export class Registry implements Services, AsyncDisposable {
  readonly #container = container.createChildContainer();
  readonly #built: AsyncDisposable[] = [];

  value<T>(token: Token<T>, value: NoInfer<T>): this {
    this.#container.register(token.key, { useValue: value });
    return this;
  }

  /** Built once, on first use. */
  shared<T>(token: Token<T>, build: (services: Services) => NoInfer<T>): this {
    this.#container.register(token.key, { useFactory: instanceCachingFactory(() => this.#keep(build(this))) });
    return this;
  }

  /** @throws AIDE_SERVICE_MISSING */
  get<T>({ key }: Token<T>): T {
    if (!this.#container.isRegistered(key, true)) {
      throw serviceMissing(String(key.description));
    }
    return this.#container.resolve<T>(key);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const failures: unknown[] = [];
    for (const part of this.#built.splice(0).reverse()) {
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
