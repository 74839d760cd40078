import type { Backend, GenerateRequest } from "@aide-ts/plugin";
import { ScriptedBackend, type ScriptedOptions } from "@aide-ts/testing";
import { BackendServer } from "../src/backend-server.ts";
import { ServedModel } from "../src/served-model.ts";

export interface Serving extends AsyncDisposable {
  readonly url: string;
  readonly server: BackendServer;
  /** What the terminal showed. */
  readonly lines: string[];
  readonly warnings: string[];
}

export interface ServingOptions {
  readonly key?: string;
  readonly mask?: (text: string) => string;
  readonly maxTokens?: number;
  readonly temperature?: number;
}

/** Serves a backend on a free port of this process. */
export const serving = async (backend: Backend, options: ServingOptions = {}): Promise<Serving> => {
  const { key, mask = (text) => text, maxTokens, temperature } = options;
  const [lines, warnings]: [string[], string[]] = [[], []];
  const capabilities = await backend.capabilities(new AbortController().signal);
  const server = await BackendServer.listen({
    served: new ServedModel({
      backend,
      capabilities,
      sampling: { temperature, topP: undefined, maxTokens },
      seed: 5,
      now: Date.now,
    }),
    address: { host: "127.0.0.1", port: 0, key },
    mask,
    say: (line) => lines.push(line),
    warn: (text) => warnings.push(text),
  });
  return { url: server.url, server, lines, warnings, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
};

/** Answers with its prompt's last message, unless given another reply. */
export const echo = (options: Partial<ScriptedOptions> = {}): ScriptedBackend =>
  new ScriptedBackend({ reply: ({ messages }) => messages.at(-1)?.content ?? "", ...options });

/** A backend whose generate is this function, and which keeps what it was asked. */
export const backendOf = (generate: Backend["generate"], has: readonly string[] = ["seed"]) => {
  const requests: GenerateRequest[] = [];
  const backend: Backend = {
    model: "made/up",
    capabilities: async () => ({ has, contextTokens: 4096, details: { made: "up" } }),
    generate: (request, call) => {
      requests.push(request);
      return generate(request, call);
    },
    [Symbol.asyncDispose]: async () => undefined,
  };
  return { backend, requests };
};

export const made = (part: Partial<Awaited<ReturnType<Backend["generate"]>>> = {}) => ({
  text: "",
  reasoning: "",
  finish: "stop" as const,
  usage: { prompt: 7, cached: 2, reasoning: 0, answer: 3, estimated: false },
  timing: { queuedMs: 0, firstTokenMs: 0, totalMs: 0 },
  ...part,
});

export const user = (content: string) => [{ role: "user", content }];

/** Sends a body to a path, as JSON unless it is a text already. */
export const post = (url: string, body: unknown, init: RequestInit = {}): Promise<Response> =>
  fetch(url, {
    method: "POST",
    body: typeof body === "string" ? body : JSON.stringify(body),
    ...init,
    headers: { "content-type": "application/json", ...init.headers },
  });

export const chat = (url: string, body: unknown, init: RequestInit = {}): Promise<Response> =>
  post(`${url}/v1/chat/completions`, body, init);

// oxlint-disable-next-line typescript/no-explicit-any -- answers are looked into as clients in JavaScript do
export const jsonOf = async (response: Response): Promise<any> => response.json();

/** The events of a stream, as JSON, and `[DONE]`. */
// oxlint-disable-next-line typescript/no-explicit-any -- as above
export const eventsOf = async (response: Response): Promise<any[]> => {
  const text = await response.text();
  return text
    .split("\n\n")
    .filter((block) => block !== "")
    .map((block) => {
      if (!block.startsWith("data: ")) throw new Error(`no event: ${block}`);
      const data = block.slice(6);
      return data === "[DONE]" ? data : JSON.parse(data);
    });
};
