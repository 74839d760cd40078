import { once } from "node:events";
import { mkdtemp } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AideError, type BackendCall, type GenerateRequest } from "@aide-ts/plugin";
import { OllamaBackend } from "../src/index.ts";
import { options } from "../src/options.ts";

/** What backends send; of each request a part. */
interface Sent {
  readonly model?: string;
  readonly messages?: readonly { readonly role: string; readonly content: string; readonly thinking?: string }[];
  readonly prompt?: string;
  readonly raw?: boolean;
  readonly think?: unknown;
  readonly format?: unknown;
  readonly options?: {
    readonly num_ctx?: number;
    readonly num_predict?: number;
    readonly num_thread?: number;
    readonly seed?: number;
    readonly stop?: unknown;
  };
  readonly _debug_render_only?: boolean;
}

export interface Asked {
  readonly path: string;
  readonly body: Sent;
}

/** What answers one request. */
export interface Reply {
  line(value: unknown): void;
  bytes(text: string | Uint8Array): void;
  end(): void;
  /** Breaks the connection. */
  reset(): void;
  refuse(status: number, body: string, headers?: Record<string, string>): void;
  readonly closed: Promise<unknown>;
}

export interface Behaviour {
  readonly version?: unknown;
  readonly show?: object;
  readonly models?: readonly string[];
  readonly renders?: boolean;
  /** Put after the rendered messages. */
  readonly opening?: string;
  /** What an overlong prompt of the probe gets. */
  readonly refuses?: boolean;
  readonly counts?: readonly [number | undefined, number | undefined];
  readonly answer?: (asked: Asked, reply: Reply, number: number) => void | Promise<void>;
  readonly other?: (asked: Asked, reply: Reply) => boolean;
}

export const qwenShow = {
  template: "{{ .Prompt }}",
  details: { family: "qwen2", format: "gguf", parameter_size: "1.5B", quantization_level: "Q4_K_M" },
  model_info: { "general.architecture": "qwen2", "qwen2.context_length": 32_768 },
  capabilities: ["completion"],
};

export const thinkingShow = {
  ...qwenShow,
  template: "{{ range .Messages }}<think>{{ .Thinking }}</think>{{ .Content }}{{ end }}",
  capabilities: ["completion", "thinking"],
};

const rendered = (messages: readonly { role: string; content: string; thinking?: string }[], opening: string) =>
  `${messages
    .map(
      ({ role, content, thinking }) =>
        `<|im_start|>${role}\n${thinking === undefined ? "" : `<think>\n${thinking}\n</think>\n\n`}${content}<|im_end|>\n`,
    )
    .join("")}<|im_start|>assistant\n${opening}`;

const replyOf = (response: ServerResponse): Reply => ({
  line: (value) => void response.write(`${JSON.stringify(value)}\n`),
  bytes: (text) => void response.write(text),
  end: () => void response.end(),
  reset: () => void response.destroy(),
  refuse: (status, body, headers = {}) => void response.writeHead(status, headers).end(body),
  closed: once(response, "close"),
});

const bodyOf = async (request: IncomingMessage): Promise<Sent> => {
  let text = "";
  for await (const chunk of request) text += String(chunk);
  return text === "" ? {} : JSON.parse(text);
};

/** Pieces of an answer by /api/chat or /api/generate, and its last line. */
export const write = (
  { path }: Asked,
  reply: Reply,
  pieces: readonly (string | { readonly thinking: string })[],
  last: object = {},
): void => {
  const chat = path === "/api/chat";
  for (const piece of pieces) {
    const part = typeof piece === "string" ? { content: piece } : { content: "", thinking: piece.thinking };
    reply.line(
      chat
        ? { model: "m", message: { role: "assistant", ...part }, done: false }
        : { model: "m", response: part.content, done: false },
    );
  }
  reply.line({
    model: "m",
    ...(chat ? { message: { role: "assistant", content: "" } } : { response: "" }),
    done: true,
    done_reason: "stop",
    prompt_eval_count: 20,
    eval_count: pieces.length + 1,
    ...last,
  });
  reply.end();
};

/** A server that behaves as the real one does, except where a test changes that. */
export class FakeOllama implements AsyncDisposable {
  readonly asked: Asked[] = [];
  readonly url: string;
  readonly #close: () => Promise<void>;

  private constructor(url: string, asked: Asked[], close: () => Promise<void>) {
    this.url = url;
    this.asked = asked;
    this.#close = close;
  }

  static async start(behaviour: Behaviour = {}): Promise<FakeOllama> {
    const asked: Asked[] = [];
    let number = 0;
    const server = createServer(async (request, response) => {
      const one: Asked = { path: request.url ?? "", body: await bodyOf(request) };
      asked.push(one);
      const reply = replyOf(response);
      if (behaviour.other?.(one, reply) === true) return;
      if (answerQuestion(one, reply, behaviour)) return;
      number++;
      await (behaviour.answer ?? ((a, r) => write(a, r, ["Hel", "lo."])))(one, reply, number);
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    if (address === null || typeof address === "string") throw new Error("no port");
    return new FakeOllama(`http://127.0.0.1:${address.port}`, asked, async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    });
  }

  /** Calls that asked for an answer, without those of the probe. */
  get answers(): readonly Asked[] {
    return this.asked.filter((one) => !isQuestion(one));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#close();
  }
}

const isQuestion = ({ path, body }: Asked): boolean =>
  !["/api/chat", "/api/generate"].includes(path) ||
  body._debug_render_only === true ||
  /^(word word|Say yes, and)/.test(body.messages?.[0]?.content ?? "");

const counted = new WeakMap<Behaviour, number>();

const answerQuestion = (one: Asked, reply: Reply, behaviour: Behaviour): boolean => {
  if (!isQuestion(one)) return false;
  const { path, body } = one;
  const models = behaviour.models ?? ["m:latest"];
  const give = (value: unknown) => reply.refuse(200, JSON.stringify(value));
  if (path === "/api/version") give({ version: behaviour.version ?? "0.12.11" });
  else if (path === "/api/tags") give({ models: models.map((name) => ({ name, digest: `digest of ${name}` })) });
  else if (path === "/api/show") {
    const has = models.some((name) => name === body.model || name === `${body.model}:latest`);
    if (has) give(behaviour.show ?? qwenShow);
    else reply.refuse(404, JSON.stringify({ error: `model '${body.model}' not found` }));
  } else if (body._debug_render_only === true) {
    const message = { role: "assistant", content: "x" };
    give(
      behaviour.renders === false
        ? { message, done: true }
        : { _debug_info: { rendered_template: rendered(body.messages ?? [], behaviour.opening ?? "") } },
    );
  } else if (body.messages?.[0]?.content.startsWith("word word")) {
    if (behaviour.refuses === false) reply.line({ message: { content: "a" }, done: false });
    else reply.refuse(400, JSON.stringify({ error: "the input length exceeds the context length" }));
  } else if (body.messages !== undefined) {
    const time = counted.get(behaviour) ?? 0;
    counted.set(behaviour, time + 1);
    give({ done: true, prompt_eval_count: (behaviour.counts ?? [15, 15])[time === 0 ? 0 : 1] });
  } else reply.refuse(404, "404 page not found");
  return true;
};

export interface Opened extends AsyncDisposable {
  readonly backend: OllamaBackend;
  readonly server: FakeOllama;
  readonly logged: string[];
}

export const open = async (
  behaviour: Behaviour = {},
  more: Partial<Parameters<typeof options.parse>[0] & object> = {},
): Promise<Opened> => {
  const server = await FakeOllama.start(behaviour);
  const logged: string[] = [];
  const runFolder = await mkdtemp(join(tmpdir(), "aide-ollama-"));
  const host = { runFolder, env: () => undefined, log: (line: string) => void logged.push(line) };
  const backend = new OllamaBackend(options.parse({ model: "m", url: server.url, ...more }), host);
  return {
    backend,
    server,
    logged,
    async [Symbol.asyncDispose]() {
      await backend[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
    },
  };
};

export const ask = (content: string, more: Partial<GenerateRequest> = {}): GenerateRequest => ({
  messages: [{ role: "user", content }],
  ...more,
});

export const call = (more: Partial<BackendCall> = {}): BackendCall => ({
  seed: 7,
  grantedTokens: 100,
  signal: new AbortController().signal,
  ...more,
});

export const failureOf = async (promise: Promise<unknown>): Promise<AideError> => {
  const failure: unknown = await promise.then(
    () => new Error("It did not fail."),
    (error: unknown) => error,
  );
  if (AideError.is(failure)) return failure;
  throw failure;
};
