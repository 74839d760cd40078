import type { LlamaModel, Token } from "node-llama-cpp";

/** A character has at most four bytes; what is still broken after that many tokens stays broken. */
const longestWait = 4;
const context = 8;

/** Turns tokens into text as they come. Waits where a token ends in the middle of a character. */
export class TokenText {
  readonly #model: LlamaModel;
  readonly #tags: ReadonlyMap<Token, string>;
  #waiting: Token[] = [];
  #last: Token[];

  /** `tags`: tokens that count as text though they are special. `before`: the end of the prompt. */
  constructor(model: LlamaModel, tags: ReadonlyMap<Token, string>, before: readonly Token[]) {
    this.#model = model;
    this.#tags = tags;
    this.#last = before.slice(-context);
  }

  push(token: Token): string {
    const tag = this.#tags.get(token);
    if (tag !== undefined) {
      const text = this.end() + tag;
      this.#last.push(token);
      return text;
    }
    this.#waiting.push(token);
    const text = this.#model.detokenize(this.#waiting, false, this.#last);
    if (text.endsWith("\uFFFD") && this.#waiting.length < longestWait) return "";
    this.#commit();
    return text;
  }

  /** What still waits, without the character that was cut in its middle. */
  end(): string {
    if (this.#waiting.length === 0) return "";
    const text = this.#model.detokenize(this.#waiting, false, this.#last);
    this.#commit();
    return text.replace(/\uFFFD+$/, "");
  }

  #commit(): void {
    this.#last = [...this.#last, ...this.#waiting].slice(-context);
    this.#waiting = [];
  }
}
