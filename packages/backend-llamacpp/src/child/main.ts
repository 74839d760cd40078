import { unusableModel, asData } from "./failures.ts";
import { checkModelFile, LoadedModel } from "./model.ts";
import { isToChild, type Answer, type ChildSetup, type FromChild, type ToChild } from "./protocol.ts";

/** Milliseconds for which text is gathered before it is sent: a message for each token would cost more than it shows. */
const gatherMs = 40;

// The parent is this package's own code, and this argument its only one.
const setup: ChildSetup = JSON.parse(process.argv[2] ?? "{}");
const aborts = new Map<number, AbortController>();
let loaded: Promise<LoadedModel> | undefined;
let queue: Promise<unknown> = Promise.resolve();

const send = (message: FromChild): void => {
  if (process.connected) process.send?.(message);
};

const load = (id: number): Promise<LoadedModel> =>
  (loaded ??= checkModelFile(setup.modelPath)
    .then(() => LoadedModel.load(setup, (fraction) => send({ kind: "progress", id, progress: { kind: "load", fraction } })))
    .catch((cause: unknown) => {
      loaded = undefined;
      throw unusableModel(setup.modelPath, cause);
    }));

const answer = async (message: ToChild): Promise<Answer> => {
  const model = await load(message.id);
  switch (message.kind) {
    case "generate":
      return generate(model, message);
    case "count":
      return { kind: "counted", tokens: model.count(message.request) };
    case "describe":
      return { kind: "described", capabilities: await model.describe() };
    case "abort":
      throw new Error("an abort is not answered");
  }
};

const generate = async (model: LoadedModel, message: Extract<ToChild, { kind: "generate" }>): Promise<Answer> => {
  const started = performance.now();
  const gathered = new Gathered(message.id);
  const { signal } = aborts.get(message.id) ?? new AbortController();
  const { firstTokenMs, ...generation } = await model.generate({
    request: message.request,
    seed: message.seed,
    grantedTokens: message.grantedTokens,
    signal,
    onProgress: (progress) => (progress.kind === "text" ? gathered.add(progress) : send({ kind: "progress", id: message.id, progress })),
  });
  gathered.flush();
  return { kind: "generated", generation: { ...generation, timing: { queuedMs: 0, firstTokenMs, totalMs: performance.now() - started } } };
};

type Text = { readonly kind: "text"; readonly delta: string; readonly reasoning: boolean; readonly tokens: number };

class Gathered {
  readonly #id: number;
  #text: Text | undefined;
  #since = 0;

  constructor(id: number) {
    this.#id = id;
  }

  add(text: Text): void {
    if (this.#text !== undefined && this.#text.reasoning !== text.reasoning) this.flush();
    this.#text = this.#text === undefined ? text : { ...text, delta: this.#text.delta + text.delta };
    const now = performance.now();
    if (now - this.#since >= gatherMs) {
      this.#since = now;
      this.flush();
    }
  }

  flush(): void {
    if (this.#text !== undefined) send({ kind: "progress", id: this.#id, progress: this.#text });
    this.#text = undefined;
  }
}

process.on("disconnect", () => process.exit(0));
// Ctrl-C reaches the whole group; the parent decides what it means.
process.on("SIGINT", () => undefined);
process.on("message", (message) => {
  if (!isToChild(message)) return;
  if (message.kind === "abort") {
    aborts.get(message.id)?.abort();
    return;
  }
  aborts.set(message.id, new AbortController());
  queue = queue.then(async () => {
    const result = await answer(message).catch((error: unknown): Answer => ({ kind: "failed", error: asData(error) }));
    aborts.delete(message.id);
    send({ kind: "answer", id: message.id, answer: result });
  });
});
