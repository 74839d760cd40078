import { ChatTemplate, Once, type Delta, type RenderedChat } from "@aide-ts/backend-kit";
import type { GenerateRequest, Json } from "@aide-ts/plugin";
import { getModuleVersion, type Llama, type LlamaGrammar, type LlamaModel, type Token } from "node-llama-cpp";
import { z } from "zod";
import type { Description, Generated, Settings } from "../protocol/messages.ts";
import { contextOverflow, messagesRefused, schemaUnsupported, templateUnreadable } from "../errors.ts";
import { generate, type GenerationDeps } from "./generation.ts";
import { readHeader, type ModelHeader } from "./gguf.ts";
import { loadLibrary, loadWeights, openContext } from "./native.ts";
import { promptTokens, tagToken } from "./prompt-tokens.ts";
import { Sequences } from "./sequences.ts";
import { ThreadGovernor } from "./thread-governor.ts";

/** Small batches: on a CPU larger ones are no faster, and an abort waits for one at most. */
const cpuBatchTokens = 64;
const gpuBatchTokens = 512;
/** What a model writes where a thought is over, and what it is made to read when its thought is cut. */
const closeThought = "\n</think>\n\n";

/** Its type lists the schemas that a grammar can be made of; which one it is shows when the grammar is made. */
const Schema = z.custom<Parameters<Llama["createGrammarForJsonSchema"]>[0]>(
  (schema) => typeof schema === "object" && schema !== null,
  "not an object",
);

interface Loaded {
  readonly model: LlamaModel;
  readonly template: ChatTemplate;
  readonly sequences: Sequences;
  readonly deps: GenerationDeps;
  readonly contextTokens: number;
}

export interface Watch {
  readonly signal: AbortSignal;
  onLoad(fraction: number): void;
  onPrefill(evaluated: number, total: number): void;
  onText(delta: Delta): void;
}

const aborted: Generated = {
  text: "",
  reasoning: "",
  finish: "aborted",
  usage: { prompt: 0, cached: 0, reasoning: 0, answer: 0 },
  firstTokenMs: 0,
};

/** One model file and its context. The library, the file's header and the weights are each loaded when they are first needed. */
export class Engine {
  readonly #settings: Settings;
  readonly #library: Once<Llama>;
  readonly #header: Once<ModelHeader>;
  readonly #loaded: Once<Loaded>;
  readonly #watching = new Set<Watch>();

  constructor(settings: Settings) {
    this.#settings = settings;
    this.#library = new Once(() => loadLibrary(settings));
    this.#header = new Once(() => readHeader(settings.modelPath));
    this.#loaded = new Once(() => this.#loadWeights());
  }

  async describe(): Promise<Description> {
    const [llama, header] = [await this.#library.get(), await this.#header.get()];
    const template = this.#template(header, "", "");
    return {
      contextTokens: this.#contextTokens(header),
      thinking: template.thinks,
      details: {
        file: header.file,
        name: header.name ?? null,
        architecture: header.architecture,
        quantisation: header.quantisation,
        parameters: header.parameters,
        trainedContext: header.trainedContext ?? null,
        template: template.name,
        gpu: llama.gpu,
        threads: this.#settings.threads,
        sequences: this.#settings.sequences,
        reuse: this.#settings.reuse,
        flashAttention: this.#settings.flashAttention,
        "node-llama-cpp": await getModuleVersion(),
        "llama.cpp": llama.llamaCppRelease.release,
        build: llama.buildType,
      },
    };
  }

  async count(request: GenerateRequest): Promise<number> {
    const loaded = await this.#loaded.get();
    return promptTokens(loaded.model, this.#render(loaded, request).stretches).length;
  }

  /** To be called once at a time: the sequences are shared. */
  async generate(
    request: GenerateRequest,
    call: { readonly seed: number; readonly grantedTokens: number },
    watch: Watch,
  ): Promise<Generated> {
    const loaded = await this.#loadFor(watch);
    if (loaded === undefined || watch.signal.aborted) return aborted;
    const { stretches, beginning } = this.#render(loaded, request);
    const prompt = promptTokens(loaded.model, stretches);
    const room = loaded.contextTokens - prompt.length;
    if (room < 1) throw contextOverflow(prompt.length, loaded.contextTokens);
    const limit = Math.floor(Math.min(request.maxTokens ?? Infinity, call.grantedTokens, room));
    if (limit < 1) return { ...aborted, finish: "length" };
    const grammar = request.schema === undefined ? undefined : await this.#grammar(request.schema);
    const prepared = await loaded.sequences.prepare(prompt);
    return generate(
      {
        request,
        prompt,
        // A model that was not asked to think yet is held to the schema from its first token.
        beginning: grammar !== undefined && beginning === "open" ? "text" : beginning,
        limit,
        seed: call.seed,
        signal: watch.signal,
        grammar,
        onPrefill: watch.onPrefill,
        onText: watch.onText,
      },
      prepared,
      loaded.deps,
    );
  }

  async #loadFor(watch: Watch): Promise<Loaded | undefined> {
    this.#watching.add(watch);
    try {
      return await this.#loaded.get(watch.signal);
    } catch (error) {
      if (watch.signal.aborted && error === watch.signal.reason) return undefined;
      throw error;
    } finally {
      this.#watching.delete(watch);
    }
  }

  async #loadWeights(): Promise<Loaded> {
    const header = await this.#header.get();
    const llama = await this.#library.get();
    const governor = new ThreadGovernor(llama, this.#settings.threads);
    const model = await loadWeights(llama, this.#settings, (fraction) => {
      for (const watch of this.#watching) watch.onLoad(fraction);
    });
    const contextTokens = this.#contextTokens(header);
    const batchTokens = llama.gpu === false ? cpuBatchTokens : gpuBatchTokens;
    try {
      const context = await openContext(model, this.#settings, { contextTokens, batchTokens });
      const tags = ["<think>", "</think>"].flatMap((tag): readonly (readonly [Token, string])[] => {
        const token = tagToken(model, tag);
        return token === undefined ? [] : [[token, tag]];
      });
      return {
        model,
        template: this.#template(header, model.tokens.bosString ?? "", model.tokens.eosString ?? ""),
        sequences: new Sequences(context, { batchTokens, exact: this.#settings.reuse === "prompts" }),
        contextTokens,
        deps: {
          model,
          sampling: this.#settings.sampling,
          batchTokens,
          beforeGeneration: () => governor.restart(),
          beforeEvaluation: () => governor.update(),
          tags: new Map(tags),
          closeThought: model.tokenize(closeThought, true, "trimLeadingSpace"),
        },
      };
    } catch (error) {
      await model.dispose();
      throw error;
    }
  }

  #contextTokens(header: ModelHeader): number {
    return Math.min(this.#settings.contextTokens, header.trainedContext ?? Infinity);
  }

  #template(header: ModelHeader, bos: string, eos: string): ChatTemplate {
    try {
      return new ChatTemplate(header.chatTemplate, { bos, eos, thinking: this.#settings.thinking });
    } catch (error) {
      throw templateUnreadable(error);
    }
  }

  #render(loaded: Loaded, request: GenerateRequest): RenderedChat {
    try {
      return loaded.template.render(request);
    } catch (error) {
      throw messagesRefused(error);
    }
  }

  async #grammar(schema: Json): Promise<LlamaGrammar> {
    const llama = await this.#library.get();
    try {
      return await llama.createGrammarForJsonSchema(Schema.parse(schema));
    } catch (error) {
      throw schemaUnsupported(error);
    }
  }
}
