import type { Backend, BackendCall, Capabilities, Finish, GenerateRequest, Generation } from "@aide-ts/plugin";
import { backendClosed, contextOverflow } from "./errors.ts";

export interface FixedOptions {
  readonly answer: string;
  readonly contextTokens: number;
}

/** One that asks a server sends `request` where this one takes its answer, and counts the tokens that the server reports. */
export class FixedBackend implements Backend {
  readonly model = "PLUGIN_NAME";
  readonly #options: FixedOptions;
  #closed = false;

  constructor(options: FixedOptions) {
    this.#options = options;
  }

  async capabilities(): Promise<Capabilities> {
    if (this.#closed) throw backendClosed();
    return { has: [], contextTokens: this.#options.contextTokens, details: {} };
  }

  async generate(request: GenerateRequest, { grantedTokens, signal, onProgress }: BackendCall): Promise<Generation> {
    if (this.#closed) throw backendClosed();
    const began = performance.now();
    const prompt = request.messages.reduce((sum, { content }) => sum + wordsOf(content).length, 0);
    if (prompt > this.#options.contextTokens) throw contextOverflow(prompt, this.#options.contextTokens);

    const { text: whole, finish: end } = untilStopped(this.#options.answer, request.stop ?? []);
    const limit = Math.min(grantedTokens, request.maxTokens ?? grantedTokens);
    let [text, tokens, finish]: [string, number, Finish] = ["", 0, end];
    for (const word of wordsOf(whole)) {
      if (signal.aborted || tokens === limit) {
        finish = signal.aborted ? "aborted" : "length";
        break;
      }
      text += word;
      tokens++;
      onProgress?.({ kind: "text", delta: word, reasoning: false, tokens });
    }
    const usage = { prompt, cached: 0, reasoning: 0, answer: tokens, estimated: true };
    const timing = { queuedMs: 0, firstTokenMs: 0, totalMs: performance.now() - began };
    return { text, reasoning: "", finish: signal.aborted ? "aborted" : finish, usage, timing };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
  }
}

/** A word with the space before it counts as a token. */
const wordsOf = (text: string): readonly string[] => text.match(/\s*\S+|\s+$/g) ?? [];

const untilStopped = (text: string, stops: readonly string[]): { readonly text: string; readonly finish: Finish } => {
  const at = stops.map((stop) => text.indexOf(stop)).filter((found) => found !== -1);
  return at.length === 0 ? { text, finish: "stop" } : { text: text.slice(0, Math.min(...at)), finish: "stop-sequence" };
};
