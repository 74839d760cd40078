import { AideError, type BackendCall, type GenerateRequest, type Generation } from "@aide-ts/plugin";
import type { OpenAiOptions } from "../options.ts";
import type { Preset } from "../presets.ts";
import { Dialect } from "../protocol/dialect.ts";
import { requestFields } from "../protocol/requests.ts";
import type { Body, ChatServer } from "../protocol/server.ts";
import { ask } from "./ask.ts";
import type { Served } from "./asking.ts";

export interface Speaking {
  readonly server: ChatServer;
  readonly options: OpenAiOptions;
  readonly preset: Preset;
  readonly say: (line: string) => void;
}

/** Calls of a server, each once more without a field that it refuses. */
export class AdaptedCalls {
  readonly #speaking: Speaking;
  readonly #dialect = new Dialect();

  constructor(speaking: Speaking) {
    this.#speaking = speaking;
  }

  async ask(request: GenerateRequest, call: BackendCall, served: Served, queuedMs: number): Promise<Generation> {
    const { server, options, preset, say } = this.#speaking;
    const { systemMessages, thinking, body } = options;
    for (;;) {
      let sent: Body = {};
      const fields = (maxTokens: number): Body => {
        const own = requestFields(request, options, preset, { model: served.model, seed: call.seed, maxTokens });
        sent = { ...this.#dialect.adapt(own), ...body };
        return sent;
      };
      try {
        return await ask({ server, served, request, call, queuedMs, systemMessages, thinking, fields });
      } catch (error) {
        const refused = AideError.is(error) ? this.#dialect.learn(error, sent) : undefined;
        if (refused === undefined) throw error;
        say(`model    ${served.model} does not take ${refused}: it is left out from now on`);
      }
    }
  }
}
