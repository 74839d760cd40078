import { shortDigest, suggest } from "@aide-ts/core";
import type { Backend, Capabilities } from "@aide-ts/plugin";
import { unknownModel } from "./errors/request.ts";
import type { ServedSampling } from "./read-serve-config.ts";

/** What AIDE itself grants an answer. */
const grantedTokens = 2048;

export interface ServedModelOptions {
  readonly backend: Backend;
  readonly capabilities: Capabilities;
  readonly sampling: ServedSampling;
  /** Of the first request that names none; each further one gets the next. */
  readonly seed: number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** A backend as clients see it, and what stands in for fields that they leave out. */
export class ServedModel {
  readonly backend: Backend;
  readonly capabilities: Capabilities;
  readonly sampling: ServedSampling;
  /** The most tokens of an answer whose request does not say. */
  readonly maxTokens: number;
  /** Seconds since 1970. */
  readonly created: number;
  /** Changes with the model, its quantisation and its server. */
  readonly fingerprint: string;
  readonly now: () => number;
  #seed: number;
  #answers = 0;

  constructor({ backend, capabilities, sampling, seed, now }: ServedModelOptions) {
    this.backend = backend;
    this.capabilities = capabilities;
    this.sampling = sampling;
    // A backend that counts tokens fits the answer into the room that its prompt leaves; a server behind another would refuse so large a limit.
    this.maxTokens =
      sampling.maxTokens ?? (backend.countTokens === undefined ? grantedTokens : capabilities.contextTokens);
    this.now = now;
    this.created = this.seconds();
    this.fingerprint = `aide-${shortDigest({ model: backend.model, details: capabilities.details })}`;
    this.#seed = seed;
  }

  get id(): string {
    return this.backend.model;
  }

  /** Now, in seconds since 1970. */
  seconds(): number {
    return Math.floor(this.now() / 1000);
  }

  nextSeed(): number {
    return this.#seed++ % 2 ** 31;
  }

  nextAnswerId(): string {
    return `chatcmpl-${this.created.toString(36)}-${++this.#answers}`;
  }

  /**
   * A client may name the model that is served, or none.
   * @throws AIDE_REQUEST_MODEL
   */
  checkNamed(given: unknown): void {
    if (typeof given === "string" && given !== this.id) throw unknownModel(given, this.id, suggest(given, [this.id]));
  }
}
