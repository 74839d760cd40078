import { Answer, Deltas, type Delta, type RenderedChat } from "@aide-ts/backend-kit";
import type { Finish, GenerateRequest } from "@aide-ts/plugin";
import {
  LlamaGrammarEvaluationState,
  type LlamaContextSequence,
  type LlamaGrammar,
  type LlamaModel,
  type SequenceEvaluateOptions,
  type Token,
} from "node-llama-cpp";
import type { Generated, Settings } from "../protocol/messages.ts";
import type { Prepared } from "./sequences.ts";
import { TokenText } from "./token-text.ts";

/** The end that the JSON grammar writes after the value, before it allows the model to stop. */
const grammarEnd = "\n\n\n\n";
const penalisedTokens = 64;
/** llama.cpp reads this seed as "choose one by chance". */
const randomSeed = 0xffff_ffff;

export interface Job {
  readonly request: GenerateRequest;
  readonly prompt: readonly Token[];
  readonly beginning: RenderedChat["beginning"];
  /** The most tokens that the answer may have, reasoning included. */
  readonly limit: number;
  readonly seed: number;
  readonly signal: AbortSignal;
  readonly grammar: LlamaGrammar | undefined;
  onPrefill(evaluated: number, total: number): void;
  onText(delta: Delta): void;
}

export interface GenerationDeps {
  readonly model: LlamaModel;
  readonly sampling: Settings["sampling"];
  readonly batchTokens: number;
  readonly beforeGeneration: () => void;
  /** Called between evaluations. */
  readonly beforeEvaluation: () => void;
  readonly tags: ReadonlyMap<Token, string>;
  /** Ends a thought that has used up its tokens. */
  readonly closeThought: readonly Token[];
}

const sampler = (job: Job, deps: GenerationDeps, answer: Answer, recent: readonly Token[]): SequenceEvaluateOptions => {
  const { temperature, topP, topK, minP, repetitionPenalty } = deps.sampling;
  const grammar = job.grammar;
  const state = grammar && new LlamaGrammarEvaluationState({ model: deps.model, grammar });
  return {
    temperature: job.request.temperature ?? temperature,
    topP: job.request.topP ?? topP,
    topK,
    minP,
    seed: job.seed === randomSeed ? randomSeed - 1 : job.seed,
    ...(repetitionPenalty === 1
      ? {}
      : { repeatPenalty: { penalty: repetitionPenalty, punishTokens: () => recent.slice(-penalisedTokens) } }),
    ...(state === undefined ? {} : { grammarEvaluationState: () => (answer.settled ? state : undefined) }),
  };
};

/** Evaluates the prompt but for its last batch, which generation itself evaluates. Gives how many tokens are in place. */
const prefill = async (job: Job, prepared: Prepared, deps: GenerationDeps): Promise<number> => {
  const { prompt, signal } = job;
  const { batchTokens } = deps;
  let evaluated = prepared.cached;
  job.onPrefill(evaluated, prompt.length);
  while (!signal.aborted && evaluated + batchTokens < prompt.length) {
    deps.beforeEvaluation();
    await prepared.sequence.evaluateWithoutGeneratingNewTokens(prompt.slice(evaluated, evaluated + batchTokens));
    evaluated += batchTokens;
    prepared.keep(prompt.slice(0, evaluated));
    job.onPrefill(evaluated, prompt.length);
  }
  return evaluated;
};

const nothing = (job: Job, cached: number, evaluated: number, since: number): Generated => ({
  text: "",
  reasoning: "",
  finish: "aborted",
  usage: { prompt: evaluated, cached, reasoning: 0, answer: 0 },
  firstTokenMs: performance.now() - since,
});

/** What, if anything, ends the generation after this token. */
const ending = (job: Job, answer: Answer, used: number, thoughtEnded: boolean): Finish | undefined => {
  if (answer.stopped !== undefined) return answer.stopped === grammarEnd && job.grammar ? "stop" : "stop-sequence";
  if (job.signal.aborted) return "aborted";
  if (job.request.pauseAfterThought && thoughtEnded) return "thought-end";
  if (used >= job.limit) return answer.thinking ? "length-in-thought" : "length";
  return undefined;
};

/** Evaluates the prompt and writes the answer, token by token. What was evaluated is kept, however it ends. */
export const generate = async (job: Job, prepared: Prepared, deps: GenerationDeps): Promise<Generated> => {
  const since = performance.now();
  const { prompt, request } = job;
  deps.beforeGeneration();
  const evaluated = await prefill(job, prepared, deps);
  if (job.signal.aborted) return nothing(job, prepared.cached, evaluated, since);

  const answer = new Answer(job.beginning, [...(request.stop ?? []), ...(job.grammar ? [grammarEnd] : [])]);
  const text = new TokenText(deps.model, deps.tags, prompt);
  const deltas = new Deltas(job.onText);
  const recent: Token[] = [];
  const written = writeTokens(prepared.sequence, prompt.slice(evaluated), sampler(job, deps, answer, recent));
  let firstTokenMs: number | undefined;
  let finish: Finish = "stop";
  let inject: readonly Token[] = [];
  try {
    for (;;) {
      deps.beforeEvaluation();
      const next = await written.next(inject);
      if (firstTokenMs === undefined) {
        firstTokenMs = performance.now() - since;
        prepared.keep(prompt);
        job.onPrefill(prompt.length, prompt.length);
      }
      inject = [];
      if (next.done) break;
      recent.push(next.value);
      const before = answer.settled;
      deltas.push(answer.push(text.push(next.value), 1), 1);
      const used = answer.tokens.reasoning + answer.tokens.text;
      const end = ending(job, answer, used, answer.settled && !before);
      if (end !== undefined) {
        finish = end;
        break;
      }
      if (answer.thinking && answer.tokens.reasoning >= (request.maxThoughtTokens ?? Infinity)) {
        if (request.pauseAfterThought) {
          deltas.push(answer.push(`${text.end()}</think>`, 0), 0);
          finish = "thought-end";
          break;
        }
        if (used + deps.closeThought.length >= job.limit) {
          finish = "length-in-thought";
          break;
        }
        inject = deps.closeThought;
        deltas.push(answer.push(`${text.end()}</think>`, inject.length), inject.length);
      }
    }
  } finally {
    await written.return();
  }
  deltas.push(answer.push(text.end(), 0), 0);
  deltas.push(answer.end(), 0);
  deltas.flush();
  prepared.keep(prompt);
  return {
    text: job.grammar ? answer.text.trimEnd() : answer.text,
    reasoning: answer.reasoning,
    finish,
    usage: {
      prompt: prompt.length,
      cached: prepared.cached,
      reasoning: answer.tokens.reasoning,
      answer: answer.tokens.text,
    },
    firstTokenMs: firstTokenMs ?? performance.now() - since,
  };
};

/** Tokens of the model until it ends its turn. Tokens handed to `next` are evaluated after the last one, before it goes on. */
async function* writeTokens(
  sequence: LlamaContextSequence,
  prompt: readonly Token[],
  options: SequenceEvaluateOptions,
): AsyncGenerator<Token, void, readonly Token[]> {
  const tokens = sequence.evaluate([...prompt], options);
  try {
    let next = await tokens.next();
    while (!next.done) {
      const inject = yield next.value;
      next = inject.length === 0 ? await tokens.next() : await tokens.next([next.value, ...inject]);
    }
  } finally {
    await tokens.return();
  }
}
