import type { LlamaContext, LlamaContextSequence, Token } from "node-llama-cpp";
import { choosePrefix, commonPrefix, type Kept } from "./kept-prefixes.ts";

interface Slot extends Kept {
  readonly sequence: LlamaContextSequence;
  tokens: readonly Token[];
  used: number;
}

/** A sequence that holds the first `cached` tokens of a prompt and nothing after them. */
export interface Prepared {
  readonly sequence: LlamaContextSequence;
  readonly cached: number;
  /** Says which tokens of the prompt are in place, so that a later call can begin there. */
  keep(tokens: readonly Token[]): void;
}

const refuseShift = (): never => {
  throw new Error("the context is full");
};

/**
 * The sequences of a context, and the evaluated prompts they keep.
 *
 * A token's numbers depend a little on which tokens were evaluated in one batch with it. A prefix is therefore reused up to a whole number
 * of batches, so that a prompt is always evaluated in the same batches and the same seed gives the same text. `exact: false` gives that
 * up: every token in place is reused, answers too.
 */
export class Sequences {
  readonly #slots: readonly Slot[];
  readonly #batchTokens: number;
  readonly #exact: boolean;
  #uses = 0;

  constructor(context: LlamaContext, options: { readonly batchTokens: number; readonly exact: boolean }) {
    this.#batchTokens = options.batchTokens;
    this.#exact = options.exact;
    this.#slots = Array.from({ length: context.totalSequences }, () => ({
      sequence: context.getSequence({ contextShift: { strategy: refuseShift } }),
      tokens: [],
      used: 0,
    }));
  }

  async prepare(prompt: readonly Token[]): Promise<Prepared> {
    const slot = this.#slots[choosePrefix(this.#slots, prompt)];
    if (slot === undefined) throw new Error("the context has no sequence");
    slot.used = ++this.#uses;
    // The last token is evaluated always: what comes after it is read off its evaluation.
    const shared = Math.min(commonPrefix(slot.tokens, prompt), prompt.length - 1);
    const wanted = this.#exact ? shared - (shared % this.#batchTokens) : shared;
    const { sequence } = slot;
    slot.tokens = slot.tokens.slice(0, wanted);
    await sequence.adaptStateToTokens(prompt.slice(0, wanted), false);
    // Models with a sliding window or a recurrent state cannot forget an end alone, and fall back further.
    const cached = sequence.nextTokenIndex;
    return {
      sequence,
      cached,
      keep: (tokens) => {
        slot.tokens = this.#exact ? tokens : sequence.contextTokens;
      },
    };
  }
}
