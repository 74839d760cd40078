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
  /** A longer prompt is refused; 32,768 without. */
  readonly contextTokens?: number;
  /** Milliseconds before an answer, from its number; 0 without. */
  readonly latency?: (number: number) => number;
}

/** A backend that answers from a function and keeps what it was asked. Deterministic as long as the function is. */
export class ScriptedBackend implements Backend {
  readonly model = "scripted";
  readonly requests: { readonly request: GenerateRequest; readonly seed: number }[] = [];
  readonly #options: ScriptedOptions;
  readonly #contextTokens: number;
  #closed = false;

  constructor(options: ScriptedOptions) {
    this.#options = options;
    this.#contextTokens = options.contextTokens ?? 32_768;
  }

  async capabilities(): Promise<{ has: readonly Capability[]; contextTokens: number; details: { scripted: true } }> {
    if (this.#closed) throw closed();
    return {
      has: this.#options.has ?? ["seed", "continuation"],
      contextTokens: this.#contextTokens,
      details: { scripted: true },
    };
  }

  async generate(request: GenerateRequest, call: BackendCall): Promise<Generation> {
    if (this.#closed) throw closed();
    const number = this.requests.push({ request, seed: call.seed }) - 1;
    const wait = this.#options.latency?.(number) ?? 0;
    if (wait > 0) await pause(wait, call.signal);
    if (call.signal.aborted) return generation({ finish: "aborted" }, request);
    if (promptTokens(request) > this.#contextTokens) throw backendFailure("AIDE_CONTEXT_OVERFLOW", false);
    const reply = this.#options.reply(request, { seed: call.seed, number });
    if (reply instanceof Error) throw reply;
    const made = limited(generation(typeof reply === "string" ? { text: reply } : reply, request), request, call);
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

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
  }
}

const closed = (): AideError =>
  new AideError({
    code: "AIDE_BACKEND_CLOSED",
    message: "The backend was closed.",
    fix: "Make a new backend, or dispose it later.",
    fault: "internal",
  });

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

const promptTokens = ({ messages }: GenerateRequest): number =>
  messages.reduce((sum, { content }) => sum + tokens(content), 0);

const generation = (part: Partial<Generation>, request: GenerateRequest): Generation => {
  const text = part.text ?? "";
  const reasoning = part.reasoning ?? "";
  const prompt = promptTokens(request);
  return {
    text,
    reasoning,
    finish: "stop",
    usage: { prompt, cached: 0, reasoning: tokens(reasoning), answer: tokens(text), estimated: false },
    timing: { queuedMs: 0, firstTokenMs: 0, totalMs: 0 },
    ...part,
  };
};

/** As a server ends an answer: at a stop sequence, or where the granted tokens are used up. */
const limited = (made: Generation, request: GenerateRequest, { grantedTokens }: BackendCall): Generation => {
  const stops = (request.stop ?? []).map((stop) => made.text.indexOf(stop)).filter((at) => at !== -1);
  const longest = Math.max(0, Math.min(grantedTokens, request.maxTokens ?? grantedTokens) - made.usage.reasoning) * 4;
  const end = Math.min(longest, ...stops);
  if (end >= made.text.length) return made;
  const text = made.text.slice(0, end);
  const finish = stops.includes(end) ? "stop-sequence" : "length";
  return { ...made, text, finish, usage: { ...made.usage, answer: tokens(text) } };
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
