/** A piece of a streamed answer: thought or said. */
export interface Piece {
  readonly reasoning: boolean;
  readonly text: string;
}

const opener = "<think>";
const closer = "</think>";

/**
 * Splits a streamed answer into reasoning and text. Tags may be torn over pieces; what may still become a tag is held back until it is known.
 * Only an opener at the very start opens a thought: later ones are the answer's own text.
 */
export class ThoughtSplitter {
  #thinking: boolean;
  #started = false;
  #held = "";

  /** `thinking`: the prompt already opened a thought. */
  constructor(thinking: boolean) {
    this.#thinking = thinking;
    this.#started = thinking;
  }

  get thinking(): boolean {
    return this.#thinking;
  }

  push(delta: string): readonly Piece[] {
    this.#held += delta;
    const pieces: Piece[] = [];
    if (!this.#started) {
      const lead = this.#held.trimStart();
      if (opener.startsWith(lead)) return lead === opener ? this.#open() : pieces;
      if (lead.startsWith(opener)) {
        this.#held = lead;
        this.#open();
      }
      this.#started = true;
    }
    if (this.#thinking) {
      const end = this.#held.indexOf(closer);
      if (end === -1) return this.#release(pieces, heldBack(this.#held));
      pieces.push(...piece(true, this.#held.slice(0, end)));
      this.#held = this.#held.slice(end + closer.length);
      this.#thinking = false;
    }
    return this.#release(pieces, 0);
  }

  /** What was held back, when the stream is over. */
  end(): readonly Piece[] {
    return this.#release([], 0);
  }

  #open(): readonly Piece[] {
    this.#held = this.#held.slice(this.#held.indexOf(opener) + opener.length);
    this.#thinking = true;
    this.#started = true;
    return [];
  }

  #release(pieces: Piece[], keep: number): readonly Piece[] {
    const text = this.#held.slice(0, this.#held.length - keep);
    this.#held = this.#held.slice(this.#held.length - keep);
    return [...pieces, ...piece(this.#thinking, text)];
  }
}

const piece = (reasoning: boolean, text: string): readonly Piece[] => (text === "" ? [] : [{ reasoning, text }]);

/** How much of the end could be the beginning of the closer. */
const heldBack = (text: string): number => {
  for (let length = Math.min(closer.length - 1, text.length); length > 0; length--) if (text.endsWith(closer.slice(0, length))) return length;
  return 0;
};
