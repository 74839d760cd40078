import {
  AideError,
  type Backend,
  type BackendCall,
  type Capability,
  type GenerateRequest,
  type Generation,
} from "@aide-ts/plugin";

export type Reply = string | Partial<Generation> | Error;

export interface ScriptedOptions {
  /** What is answered: from the request, its seed, and its number among all requests. */
  readonly reply: (request: GenerateRequest, call: { readonly seed: number; readonly number: number }) => Reply;
  readonly has?: readonly Capability[];
  /** Milliseconds before an answer, from its number; 0 without. */
  readonly latency?: (number: number) => number;
}

/** A backend that answers from a function and keeps what it was asked. Deterministic as long as the function is. */
export class ScriptedBackend implements Backend {
  readonly model = "scripted";
  readonly requests: { readonly request: GenerateRequest; readonly seed: number }[] = [];
  readonly #options: ScriptedOptions;

  constructor(options: ScriptedOptions) {
    this.#options = options;
  }

  async capabilities(): Promise<{ has: readonly Capability[]; contextTokens: number; details: { scripted: true } }> {
    return { has: this.#options.has ?? ["seed", "continuation"], contextTokens: 32_768, details: { scripted: true } };
  }

  async generate(request: GenerateRequest, call: BackendCall): Promise<Generation> {
    const number = this.requests.push({ request, seed: call.seed }) - 1;
    const wait = this.#options.latency?.(number) ?? 0;
    if (wait > 0) await pause(wait, call.signal);
    if (call.signal.aborted) return generation({ finish: "aborted" }, request);
    const reply = this.#options.reply(request, { seed: call.seed, number });
    if (reply instanceof Error) throw reply;
    const made = generation(typeof reply === "string" ? { text: reply } : reply, request);
    for (let at = 0; at < made.text.length && !call.signal.aborted; at += 200) {
      call.onProgress?.({
        kind: "text",
        delta: made.text.slice(at, at + 200),
        reasoning: false,
        tokens: Math.ceil((at + 200) / 4),
      });
      if (call.signal.aborted) return { ...made, text: made.text.slice(0, at + 200), finish: "aborted" };
    }
    return made;
  }

  async [Symbol.asyncDispose](): Promise<void> {}
}

/** A failure of the kind a backend reports. */
export const backendFailure = (code: `AIDE_${string}`, transient: boolean): AideError =>
  new AideError({
    code,
    message: `A scripted failure: ${code}.`,
    fix: "None: it was asked for.",
    fault: "backend",
    transient,
  });

const tokens = (text: string): number => Math.ceil(text.length / 4);

const generation = (part: Partial<Generation>, request: GenerateRequest): Generation => {
  const text = part.text ?? "";
  const reasoning = part.reasoning ?? "";
  const prompt = request.messages.reduce((sum, { content }) => sum + tokens(content), 0);
  return {
    text,
    reasoning,
    finish: "stop",
    usage: { prompt, cached: 0, reasoning: tokens(reasoning), answer: tokens(text), estimated: false },
    timing: { queuedMs: 0, firstTokenMs: 0, totalMs: 0 },
    ...part,
  };
};

const pause = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener(
      "abort",
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
