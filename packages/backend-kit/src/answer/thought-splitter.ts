export interface Piece {
  readonly reasoning: boolean;
  readonly text: string;
}

/**
 * Where an answer begins. `text`: the model does not think. `thought`: the prompt opened the thought already. `open`: the model opens it
 * itself, or forgets to.
 */
export type Beginning = "text" | "thought" | "open";

const OPENER = "<think>";
const CLOSER = "</think>";

/** Length of the longest end of `text` that may become `tag`. */
const overlap = (text: string, tag: string): number => {
  for (let length = Math.min(text.length, tag.length - 1); length > 0; length--)
    if (text.endsWith(tag.slice(0, length))) return length;
  return 0;
};

/**
 * Splits what a model writes into reasoning and text, whatever way it comes in pieces. Nothing is lost but the tags, and nothing is trimmed.
 *
 * A closer without an opener makes reasoning of all that came before it: `retracted` then turns true, and pieces handed out as text
 * were reasoning.
 */
export class ThoughtSplitter {
  #state: "opener" | "thought" | "maybe-thought" | "text";
  #openedByPrompt: boolean;
  #held = "";
  #retracted = false;

  constructor(beginning: Beginning) {
    this.#state = beginning === "text" ? "text" : "opener";
    this.#openedByPrompt = beginning === "thought";
  }

  /** A thought has begun and has not ended. */
  get thinking(): boolean {
    return this.#state === "thought" || (this.#state === "opener" && this.#openedByPrompt);
  }

  /** What comes from here on is text, whatever is in it. */
  get settled(): boolean {
    return this.#state === "text";
  }

  get retracted(): boolean {
    return this.#retracted;
  }

  push(chunk: string): readonly Piece[] {
    if (this.#state === "text") return chunk === "" ? [] : [{ reasoning: false, text: chunk }];
    const pieces: Piece[] = [];
    const give = (reasoning: boolean, text: string) => {
      if (text !== "") pieces.push({ reasoning, text });
    };
    this.#held += chunk;
    if (this.#state === "opener") {
      const space = /^\s*/.exec(this.#held)?.[0] ?? "";
      const rest = this.#held.slice(space.length);
      if (rest.startsWith(OPENER)) {
        give(true, space);
        this.#held = rest.slice(OPENER.length);
        this.#state = "thought";
      } else if (OPENER.startsWith(rest)) return pieces;
      else this.#state = this.#openedByPrompt ? "thought" : "maybe-thought";
    }
    if (this.#state === "thought" || this.#state === "maybe-thought") {
      const reasoning = this.#state === "thought";
      const end = this.#held.indexOf(CLOSER);
      if (end === -1) {
        const kept = overlap(this.#held, CLOSER);
        give(reasoning, this.#held.slice(0, this.#held.length - kept));
        this.#held = this.#held.slice(this.#held.length - kept);
        return pieces;
      }
      give(true, this.#held.slice(0, end));
      this.#held = this.#held.slice(end + CLOSER.length);
      this.#retracted = !reasoning;
      this.#state = "text";
    }
    give(false, this.#held);
    this.#held = "";
    return pieces;
  }

  /** What was held back because it might have become a tag. */
  end(): readonly Piece[] {
    const text = this.#held;
    this.#held = "";
    return text === "" ? [] : [{ reasoning: this.thinking, text }];
  }
}
