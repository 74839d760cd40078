import { thoughtMarks } from "@aide-ts/plugin";
import { CodeQuotes } from "./code-quotes.ts";

export interface Piece {
  readonly reasoning: boolean;
  readonly text: string;
}

/**
 * Where an answer begins. `text`: the model does not think. `thought`: the prompt opened the thought already. `open`: the model opens it
 * itself, or forgets to.
 */
export type Beginning = "text" | "thought" | "open";

const closers = thoughtMarks.map(({ closer }) => closer);

/** Length of the longest end of `text` that may become one of the tags. */
const overlap = (text: string, tags: readonly string[]): number => {
  const longest = Math.max(...tags.map(({ length }) => length)) - 1;
  for (let length = Math.min(text.length, longest); length > 0; length--) {
    const end = text.slice(-length);
    if (tags.some((tag) => tag.startsWith(end))) return length;
  }
  return 0;
};

const pattern = (tags: readonly string[]): RegExp =>
  new RegExp(tags.map((tag) => tag.replaceAll(/[[\]\\/^$.|?*+(){}]/g, String.raw`\$&`)).join("|"), "g");

const anyCloser = pattern(closers);

/**
 * Splits what a model writes into reasoning and text, whatever way it comes in pieces, by any of the marks of `thoughtMarks`. Nothing is lost but the tags, and
 * nothing is trimmed.
 *
 * A closer without an opener makes reasoning of all that came before it: `retracted` then turns true, and pieces handed out as text
 * were reasoning. One between the quotes of fenced code, with no thought open for certain, is the script's own.
 */
export class ThoughtSplitter {
  #state: "opener" | "thought" | "maybe-thought" | "text";
  #openedByPrompt: boolean;
  /** Those that end the thought. */
  #closers = closers;
  #closer = anyCloser;
  readonly #quotes = new CodeQuotes();
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
      const opened = thoughtMarks.find(({ opener }) => rest.startsWith(opener));
      if (opened !== undefined) {
        give(true, space);
        this.#held = rest.slice(opened.opener.length);
        this.#closers = [opened.closer];
        this.#closer = pattern(this.#closers);
        this.#state = "thought";
      } else if (thoughtMarks.some(({ opener }) => opener.startsWith(rest))) return pieces;
      else this.#state = this.#openedByPrompt ? "thought" : "maybe-thought";
    }
    const reasoning = this.#state === "thought";
    const closer = this.#findCloser();
    if (closer === undefined) {
      const kept = overlap(this.#held, this.#closers);
      give(reasoning, this.#held.slice(0, this.#held.length - kept));
      this.#held = this.#held.slice(this.#held.length - kept);
      return pieces;
    }
    give(true, this.#held.slice(0, closer.at));
    give(false, this.#held.slice(closer.end));
    this.#held = "";
    this.#retracted = !reasoning;
    this.#state = "text";
    return pieces;
  }

  #findCloser(): { readonly at: number; readonly end: number } | undefined {
    let read = 0;
    const readTo = (end: number) => {
      if (this.#state === "maybe-thought") this.#quotes.push(this.#held.slice(read, end));
      read = end;
    };
    for (const { index: at, 0: tag } of this.#held.matchAll(this.#closer)) {
      readTo(at);
      if (!this.#quotes.open) return { at, end: at + tag.length };
      readTo(at + tag.length);
    }
    readTo(this.#held.length - overlap(this.#held, this.#closers));
    return undefined;
  }

  /** What was held back because it might have become a tag. */
  end(): readonly Piece[] {
    const text = this.#held;
    this.#held = "";
    return text === "" ? [] : [{ reasoning: this.thinking, text }];
  }
}
