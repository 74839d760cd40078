import { digest } from "@aide-ts/core";
import type { Backend, BackendCall, GenerateRequest, Generation } from "@aide-ts/plugin";

/**
 * Gives a request that was asked before, with the same seed, the answer that it got: arms that begin with the same critique share it, and are billed for
 * it as if each had asked alone. So the prompt is billed whole: how much of it a server had cached would follow from the order of arms and drafts.
 */
export class AnsweredOnce {
  readonly #answers = new Map<string, Promise<Generation>>();

  around(backend: Backend): Backend {
    return {
      model: backend.model,
      capabilities: (signal) => backend.capabilities(signal),
      generate: (request, call) => this.#generate(backend, request, call),
      [Symbol.asyncDispose]: () => Promise.resolve(),
    };
  }

  #generate(backend: Backend, request: GenerateRequest, call: BackendCall): Promise<Generation> {
    const key = digest({
      model: backend.model,
      request: JSON.stringify(request),
      seed: call.seed,
      granted: call.grantedTokens,
    });
    const known = this.#answers.get(key);
    if (known !== undefined) return known;
    const answer = backend.generate(request, call).then(billedWhole);
    this.#answers.set(key, answer);
    answer.then(
      ({ finish }) => finish === "aborted" && this.#answers.delete(key),
      () => this.#answers.delete(key),
    );
    return answer;
  }
}

const billedWhole = (generation: Generation): Generation => ({
  ...generation,
  usage: { ...generation.usage, cached: 0 },
});
