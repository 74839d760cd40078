import type { CallProgress, Capabilities, Finish, GenerateRequest, Generation } from "@aide-ts/plugin";
import { getLlama, LlamaLogLevel, readGgufFileInfo, type Llama, type LlamaContextSequence, type LlamaModel, type Token } from "node-llama-cpp";
import { ChatTemplate, type RenderedPrompt } from "../prompt/chat-template.ts";
import { ThoughtSplitter } from "../prompt/thought-splitter.ts";
import { contextOverflow } from "./failures.ts";
import type { ChildSetup } from "./protocol.ts";
import { StopStrings } from "./stop-strings.ts";

export interface GenerateCall {
  readonly request: GenerateRequest;
  readonly seed: number;
  readonly grantedTokens: number;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: CallProgress) => void;
}

/** Prompt tokens between two words on how far the prompt is read. */
const prefillStep = 256;

/** A loaded model with one kept conversation: what a prompt shares with the one before it is not evaluated again. */
export class LoadedModel {
  readonly #setup: ChildSetup;
  readonly #llama: Llama;
  readonly #model: LlamaModel;
  readonly #sequence: LlamaContextSequence;
  readonly #template: ChatTemplate;
  readonly #contextTokens: number;

  private constructor(setup: ChildSetup, llama: Llama, model: LlamaModel, sequence: LlamaContextSequence) {
    this.#setup = setup;
    this.#llama = llama;
    this.#model = model;
    this.#sequence = sequence;
    this.#contextTokens = sequence.contextSize;
    const { bosString, eosString } = model.tokens;
    this.#template = new ChatTemplate(model.fileInfo.metadata.tokenizer.chat_template, { bos: bosString ?? "", eos: eosString ?? "" });
  }

  static async load(setup: ChildSetup, onProgress: (fraction: number) => void): Promise<LoadedModel> {
    const llama = await getLlama({ gpu: setup.gpu, build: "never", logLevel: LlamaLogLevel.error, maxThreads: setup.threads });
    const model = await llama.loadModel({ modelPath: setup.modelPath, onLoadProgress: onProgress });
    const contextSize = Math.min(setup.contextTokens, model.trainContextSize);
    // Without `threads` a 2-core machine generates a hundred times slower.
    const context = await model.createContext({ contextSize, sequences: 1, threads: setup.threads });
    return new LoadedModel(setup, llama, model, context.getSequence());
  }

  count(request: GenerateRequest): number {
    return this.#tokenize(this.#template.render(request)).length;
  }

  async generate({ request, seed, grantedTokens, signal, onProgress }: GenerateCall): Promise<Omit<Generation, "timing"> & { firstTokenMs: number }> {
    const started = performance.now();
    const rendered = this.#template.render(request);
    const tokens = this.#tokenize(rendered);
    if (tokens.length + 1 > this.#contextTokens) throw contextOverflow(tokens.length, this.#contextTokens);
    const cached = await this.#keepPrefix(tokens);
    const usage = { prompt: tokens.length, cached, reasoning: 0, answer: 0, estimated: false };
    const read = await this.#prefill(tokens, cached, signal, onProgress);
    if (!read) return { text: "", reasoning: "", finish: "aborted", usage, firstTokenMs: performance.now() - started };
    const most = Math.min(grantedTokens, request.maxTokens ?? grantedTokens, this.#contextTokens - tokens.length);
    const answer = new AnswerReader(rendered.thinking, request, onProgress);
    let firstTokenMs = 0;
    let finish: Finish | undefined = most <= 0 ? "length" : undefined;
    const recent: Token[] = [];
    let pending: Token[] = [];
    const iterator = this.#sequence.evaluate(tokens.slice(-1), { ...(await this.#sampling(request, seed, recent)), yieldEogToken: true });
    for (let made = 0; finish === undefined; ) {
      const { value: token, done } = await iterator.next();
      firstTokenMs ||= performance.now() - started;
      if (done === true || token === undefined || this.#model.isEogToken(token)) finish = "stop";
      else {
        made++;
        recent.push(token);
        pending.push(token);
        const text = this.#model.detokenize(pending, true, recent.slice(0, -pending.length).slice(-8));
        // A character may be spread over several tokens.
        if (!text.endsWith("\ufffd") || pending.length > 8) {
          pending = [];
          finish = answer.push(text, made);
        } else answer.silent();
        if (finish === undefined && signal.aborted) finish = "aborted";
        if (finish === undefined && made >= most) finish = "length";
      }
    }
    await iterator.return();
    const { text, reasoning, thinking, counts } = answer.end();
    return {
      text,
      reasoning,
      finish: finish === "length" && thinking ? "length-in-thought" : finish,
      usage: { ...usage, ...counts },
      firstTokenMs,
    };
  }

  async describe(): Promise<Capabilities> {
    const { metadata } = this.#model.fileInfo;
    const { general } = metadata;
    return {
      has: ["continuation", "jsonSchema", "seed", "thoughtBudget"],
      contextTokens: this.#contextTokens,
      details: {
        name: general.name ?? null,
        architecture: general.architecture,
        type: this.#model.typeDescription ?? null,
        bytes: this.#model.size,
        chatTemplate: metadata.tokenizer.chat_template === undefined ? "ChatML (the file has none)" : "the file's own",
        threads: this.#setup.threads,
      },
    };
  }

  #tokenize({ parts }: RenderedPrompt): Token[] {
    const tokens = parts.flatMap(({ text, special }) => this.#model.tokenize(text, special));
    const { bos, shouldPrependBosToken } = this.#model.tokens;
    return shouldPrependBosToken && bos !== null && tokens[0] !== bos ? [bos, ...tokens] : tokens;
  }

  /** Drops what the kept conversation does not share with the prompt; the last token is always evaluated, to get at what follows it. */
  async #keepPrefix(tokens: readonly Token[]): Promise<number> {
    await this.#sequence.adaptStateToTokens(tokens.slice(0, -1), false);
    return this.#sequence.nextTokenIndex;
  }

  async #prefill(tokens: readonly Token[], from: number, signal: AbortSignal, onProgress: (progress: CallProgress) => void): Promise<boolean> {
    const total = tokens.length;
    for (let at = from; at < total - 1; at += prefillStep) {
      onProgress({ kind: "prefill", evaluated: at, total });
      await this.#sequence.evaluateWithoutGeneratingNewTokens(tokens.slice(at, Math.min(total - 1, at + prefillStep)));
      if (signal.aborted) return false;
    }
    onProgress({ kind: "prefill", evaluated: total, total });
    return !signal.aborted;
  }

  async #sampling({ temperature, topP, schema }: GenerateRequest, seed: number, recent: Token[]) {
    const { sampling } = this.#setup;
    const grammar = schema === undefined || schema === null ? undefined : await this.#llama.createGrammarForJsonSchema(JSON.parse(JSON.stringify(schema)));
    const { LlamaGrammarEvaluationState } = await import("node-llama-cpp");
    return {
      temperature: temperature ?? sampling.temperature,
      topP: topP ?? sampling.topP,
      topK: sampling.topK,
      minP: sampling.minP,
      seed,
      ...(sampling.repeatPenalty === 1 ? {} : { repeatPenalty: { punishTokens: () => recent.slice(-64), penalty: sampling.repeatPenalty } }),
      ...(grammar === undefined ? {} : { grammarEvaluationState: new LlamaGrammarEvaluationState({ model: this.#model, grammar }) }),
    };
  }
}

/** Turns generated text into reasoning and answer, and says when the request asks to end. */
class AnswerReader {
  readonly #splitter: ThoughtSplitter;
  readonly #stops: StopStrings;
  readonly #request: GenerateRequest;
  readonly #onProgress: (progress: CallProgress) => void;
  readonly #counts = { reasoning: 0, answer: 0 };
  #text = "";
  #reasoning = "";

  constructor(thinking: boolean, request: GenerateRequest, onProgress: (progress: CallProgress) => void) {
    this.#splitter = new ThoughtSplitter(thinking);
    this.#stops = new StopStrings(request.stop ?? []);
    this.#request = request;
    this.#onProgress = onProgress;
  }

  /** A token that shows nothing yet. */
  silent(): void {
    this.#counts[this.#splitter.thinking ? "reasoning" : "answer"]++;
  }

  push(delta: string, tokens: number): Finish | undefined {
    const before = this.#splitter.thinking;
    const pieces = this.#splitter.push(delta);
    this.silent();
    let stopped = false;
    for (const { reasoning, text } of pieces) {
      const shown = reasoning ? { text, stopped: false } : this.#stops.push(text);
      if (reasoning) this.#reasoning += shown.text;
      else this.#text += shown.text;
      stopped ||= shown.stopped;
      if (shown.text !== "") this.#onProgress({ kind: "text", delta: shown.text, reasoning, tokens });
    }
    if (stopped) return "stop-sequence";
    const { pauseAfterThought = false, maxThoughtTokens } = this.#request;
    if (before && !this.#splitter.thinking && pauseAfterThought) return "thought-end";
    return this.#splitter.thinking && maxThoughtTokens !== undefined && this.#counts.reasoning >= maxThoughtTokens ? "length-in-thought" : undefined;
  }

  end(): { text: string; reasoning: string; thinking: boolean; counts: { reasoning: number; answer: number } } {
    for (const { reasoning, text } of this.#splitter.end()) {
      if (reasoning) this.#reasoning += text;
      else this.#text += this.#stops.push(text).text;
    }
    return { text: this.#text + this.#stops.end(), reasoning: this.#reasoning, thinking: this.#splitter.thinking, counts: this.#counts };
  }
}

/** Whether a file is a GGUF model at all: reads its header only. */
export const checkModelFile = (path: string): Promise<unknown> => readGgufFileInfo(path, { readTensorInfo: false, logWarnings: false });
