import { hasBegun, neverSent, promptBounds, withoutSystem, type Beginning } from "@aide-ts/backend-kit";
import {
  AideError,
  type BackendCall,
  type Finish,
  type GenerateRequest,
  type Generation,
  type Message,
} from "@aide-ts/plugin";
import { closeThought, closeTokens, continued, type Unfinished } from "./continuation.ts";
import type { Known } from "../probe/known.ts";
import { runStreamedCall, type StreamedCall, type StreamedCallEnd } from "./streamed-call.ts";
import type { OllamaOptions } from "../options.ts";
import { render } from "../probe/traits.ts";
import { bytesOf, type PromptEstimate } from "./prompt-estimate.ts";
import { chatBody, rawBody, sampling } from "../protocol/requests.ts";
import type { OllamaServer, Waiting } from "../protocol/server.ts";
import { wasCut } from "./truncation.ts";
import { usageOf } from "./usage.ts";
import { Writing } from "./writing.ts";
import { cannotContinue, overflow } from "../errors.ts";

export interface CallDeps {
  readonly server: OllamaServer;
  readonly options: OllamaOptions;
  readonly known: Known;
  readonly estimate: PromptEstimate;
}

/** One call: the prompt is sent, the answer read, and where its thought is cut, sent once more with the thought closed. */
export class Call {
  readonly #deps: CallDeps;
  readonly #request: GenerateRequest;
  readonly #call: BackendCall;
  readonly #since = performance.now();
  readonly #messages: readonly Message[];
  readonly #unfinished: Unfinished | undefined;
  readonly #bytes: number;
  readonly #least: number;
  readonly #limit: number;
  readonly #waiting: Waiting;
  #writing: Writing;
  #firstTokenMs: number | undefined;
  /** Tokens of this answer that a later call reads again. */
  #reread = 0;

  constructor(request: GenerateRequest, call: BackendCall, deps: CallDeps) {
    const { options, known } = deps;
    this.#deps = deps;
    this.#request = request;
    this.#call = call;
    this.#messages = options.systemMessages === "merge" ? withoutSystem(request.messages) : request.messages;
    const { continueFrom } = request;
    this.#unfinished = hasBegun(continueFrom) ? continueFrom : undefined;
    const begun = Buffer.byteLength(`${this.#unfinished?.reasoning ?? ""}${this.#unfinished?.text ?? ""}`);
    this.#bytes = bytesOf(this.#messages) + begun;
    this.#least = promptBounds(this.#messages).least + Math.floor(begun / 16);
    const room = known.contextTokens - this.#least;
    this.#limit = Math.floor(Math.min(request.maxTokens ?? Infinity, call.grantedTokens, room));
    this.#waiting = {
      signal: call.signal,
      patience: { firstSeconds: options.firstTokenSeconds, nextSeconds: options.stallSeconds },
    };
    this.#writing = this.#begin("text");
  }

  /** @throws AideError, with what was used in `spent` where anything was written. */
  async run(): Promise<Omit<Generation, "timing"> & { readonly firstTokenMs: number }> {
    this.#checkRoom();
    // Ollama reads num_predict 0 as "without end".
    if (this.#limit < 1) return this.#nothing("length");
    try {
      const end = await this.#streamedCalls();
      this.#writing.end();
      this.#checkCut(end);
      return this.#result(this.#finish(end), end);
    } catch (error) {
      this.#writing.end();
      if (this.#call.signal.aborted) return this.#result("aborted", undefined);
      if (!AideError.is(error)) throw error;
      const { reasoning, text } = this.#writing.lines;
      const failure = this.#named(error);
      throw reasoning + text === 0 || failure.spent !== undefined
        ? failure
        : AideError.with(failure, { spent: this.#usage(undefined) });
    }
  }

  async #streamedCalls(): Promise<StreamedCallEnd> {
    const { known, server } = this.#deps;
    const { pauseAfterThought = false, schema } = this.#request;
    const first = await this.#firstStreamedCall();
    const end = await runStreamedCall(server, first, this.#writing, this.#waiting);
    if (end.why === "thought-full" && pauseAfterThought) return { why: "thought-over" };
    const goesOn = end.why === "thought-full" || (end.why === "thought-over" && !pauseAfterThought);
    if (!goesOn) return end;
    const closers = end.why === "thought-full" ? closeTokens : 0;
    const used = this.#used() + closers;
    if (used >= this.#limit) return { why: "length" };
    const { reasoning } = this.#writing;
    const thought = { reasoning: `${this.#begunThought()}${reasoning}`, thinking: true, text: "" };
    const { text } = continued(await this.#rendered(), thought, known.thinksInTags);
    this.#writing.closeThought(closers);
    this.#reread = this.#writing.lines.reasoning;
    const body = this.#raw(`${text.trimEnd()}${closeThought}`, this.#limit - used, schema);
    const second: StreamedCall = { ...first, ...body, maxThoughtTokens: Infinity, untilThoughtOver: false };
    try {
      return await runStreamedCall(server, second, this.#writing, this.#waiting);
    } catch (error) {
      // The prompt itself did fit: it is the thought that has filled the context.
      if (AideError.is(error) && error.code === "AIDE_CONTEXT_OVERFLOW") return { why: "length" };
      throw error;
    }
  }

  async #firstStreamedCall(): Promise<StreamedCall> {
    const { known } = this.#deps;
    const { pauseAfterThought = false, maxThoughtTokens = Infinity, schema } = this.#request;
    const canClose = known.renders && known.thinksInTags;
    const budget = canClose || pauseAfterThought ? maxThoughtTokens : Infinity;
    if (this.#unfinished === undefined) {
      // Where the server does not split thoughts off itself, its grammar holds from the first token.
      const beginning = known.mayThink && (schema === undefined || known.canThink) ? "open" : "text";
      this.#writing = this.#begin(beginning);
      await this.#checkDropped();
      const options = this.#sampling(this.#limit);
      const body = chatBody({ ...this.#common(), messages: this.#messages, think: known.think, schema, options });
      return {
        path: "/api/chat",
        body,
        limit: this.#limit,
        maxThoughtTokens: budget,
        untilThoughtOver: pauseAfterThought,
      };
    }
    const prompt = continued(await this.#rendered(), this.#unfinished, known.thinksInTags);
    this.#writing = this.#begin(prompt.beginning);
    const inThought = prompt.beginning === "thought";
    return {
      ...this.#raw(prompt.text, this.#limit, inThought ? undefined : schema),
      maxThoughtTokens: budget,
      untilThoughtOver: inThought && (pauseAfterThought || schema !== undefined),
    };
  }

  #begin(beginning: Beginning): Writing {
    return new Writing(
      beginning,
      this.#request.stop ?? [],
      (progress) => {
        this.#call.onProgress?.(progress);
      },
      () => {
        this.#firstTokenMs ??= performance.now() - this.#since;
      },
    );
  }

  #begunThought(): string {
    return this.#unfinished?.thinking === true ? this.#unfinished.reasoning : "";
  }

  async #rendered(): Promise<string> {
    const { server, known } = this.#deps;
    const options = this.#sampling(1);
    const chat = { ...this.#common(), messages: this.#messages, think: known.think, options };
    const rendered = known.renders ? await render(server, chat, this.#waiting) : undefined;
    if (rendered === undefined) throw cannotContinue(server.url, server.model);
    return rendered;
  }

  #raw(
    prompt: string,
    limit: number,
    schema: GenerateRequest["schema"],
  ): Pick<StreamedCall, "path" | "body" | "limit"> {
    const options = this.#sampling(limit);
    return { path: "/api/generate", body: rawBody({ ...this.#common(), prompt, schema, options }), limit };
  }

  #common() {
    const { server, options } = this.#deps;
    return { model: server.model, keepAlive: options.keepAlive };
  }

  #sampling(tokens: number) {
    const { options, known } = this.#deps;
    return sampling(options, this.#request, { contextTokens: known.contextTokens, seed: this.#call.seed, tokens });
  }

  #used(): number {
    const { reasoning, text } = this.#writing.lines;
    return reasoning + text;
  }

  /** What is known to be too long is not sent; a server that refuses it itself knows better than a guess. */
  #checkRoom(): void {
    const { server, known, estimate } = this.#deps;
    const { contextTokens, refuses } = known;
    if (this.#least >= contextTokens) throw overflow(server.url, `at least ${this.#least} tokens`, contextTokens);
    const guess = estimate.tokens(this.#bytes);
    if (!refuses && guess >= contextTokens) throw overflow(server.url, `about ${guess} tokens`, contextTokens);
  }

  /** A server that cuts drops whole messages first, which no count shows. The last message and those of the system it keeps. */
  async #checkDropped(): Promise<void> {
    const { server, known } = this.#deps;
    if (known.refuses || !known.renders) return;
    const droppable = this.#messages.slice(0, -1).filter(({ role }) => role === "user");
    if (droppable.length === 0) return;
    const rendered = await this.#rendered();
    if (droppable.every(({ content }) => rendered.includes(content.trim()))) return;
    throw overflow(server.url, "more messages than the server keeps", known.contextTokens);
  }

  #checkCut({ counts }: StreamedCallEnd): void {
    const { server, known, estimate } = this.#deps;
    const { contextTokens, refuses, countsCached } = known;
    if (counts?.prompt === undefined) return;
    const tokens = counts.prompt;
    if (wasCut({ tokens, contextTokens, least: this.#least, refuses, countsCached }))
      throw AideError.with(
        overflow(
          server.url,
          `about ${Math.max(estimate.tokens(this.#bytes), tokens)} tokens, of which the server has read ${tokens}`,
          contextTokens,
        ),
        { spent: this.#usage({ why: "stop", counts }) },
      );
    if (countsCached && this.#reread === 0) estimate.learn(this.#bytes, tokens);
  }

  /** The server's refusal, with the numbers that it leaves out. */
  #named(error: AideError): AideError {
    const { server, known, estimate } = this.#deps;
    if (error.code !== "AIDE_CONTEXT_OVERFLOW" || error.spent !== undefined) return error;
    const answer = error.facts["it says"];
    if (answer === undefined) return error;
    return overflow(server.url, `about ${estimate.tokens(this.#bytes)} tokens`, known.contextTokens, answer);
  }

  #finish({ why, counts }: StreamedCallEnd): Finish {
    if (why === "thought-over") return "thought-end";
    if (why === "stop-sequence" || why === "repetition") return why;
    const reached = (counts?.prompt ?? 0) + (counts?.answer ?? 0) >= this.#deps.known.contextTokens;
    if (why === "stop" && !reached) return "stop";
    return this.#writing.thinking ? "length-in-thought" : "length";
  }

  #usage(end: StreamedCallEnd | undefined): Generation["usage"] {
    const { known, estimate } = this.#deps;
    const { lines, reasoning } = this.#writing;
    const total = lines.reasoning + lines.text;
    // For a schema a server asks a model that thinks twice, and counts the second answer only.
    const twice = this.#reread === 0 && (end?.counts?.answer ?? total) < total && lines.reasoning > 0;
    return usageOf({
      guessed: estimate.tokens(this.#bytes),
      lines: reasoning === "" && this.#reread === 0 ? { reasoning: 0, text: total } : lines,
      counts: end?.counts,
      reread: twice ? lines.reasoning : this.#reread,
      countsCached: known.countsCached,
    });
  }

  #result(finish: Finish, end: StreamedCallEnd | undefined) {
    const { text, reasoning } = this.#writing;
    const firstTokenMs = this.#firstTokenMs ?? performance.now() - this.#since;
    return { text, reasoning, finish, usage: this.#usage(end), firstTokenMs };
  }

  #nothing(finish: Finish) {
    const { timing: _timing, ...rest } = neverSent(0);
    return { ...rest, finish, firstTokenMs: 0 };
  }
}
