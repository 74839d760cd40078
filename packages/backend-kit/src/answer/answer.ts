import { StopScanner } from "./stop-scanner.ts";
import { ThoughtSplitter, type Beginning, type Piece } from "./thought-splitter.ts";

/** What a model has written so far, reasoning apart from text. Stop strings count in the text only. */
export class Answer {
  readonly #splitter: ThoughtSplitter;
  #scanner: StopScanner;
  readonly #stops: readonly string[];
  #reasoning = "";
  #text = "";
  #reasoningTokens = 0;
  #textTokens = 0;

  constructor(beginning: Beginning, stops: readonly string[]) {
    this.#splitter = new ThoughtSplitter(beginning);
    this.#stops = stops;
    this.#scanner = new StopScanner(stops);
  }

  get reasoning(): string {
    return this.#reasoning;
  }

  get text(): string {
    return this.#text;
  }

  /** Tokens by what they were part of; a tag counts as reasoning. */
  get tokens(): { readonly reasoning: number; readonly text: number } {
    return { reasoning: this.#reasoningTokens, text: this.#textTokens };
  }

  get thinking(): boolean {
    return this.#splitter.thinking;
  }

  /** What is written now is text for certain. */
  get settled(): boolean {
    return this.#splitter.settled;
  }

  get stopped(): string | undefined {
    return this.#scanner.stopped;
  }

  /** Takes what `tokens` tokens gave and returns what can be shown of it. */
  push(chunk: string, tokens: number): readonly Piece[] {
    const before = this.#splitter.thinking;
    const retracted = this.#splitter.retracted;
    const pieces = this.#splitter.push(chunk);
    if (this.#splitter.retracted && !retracted) this.#retract();
    if (before || this.#splitter.thinking) this.#reasoningTokens += tokens;
    else this.#textTokens += tokens;
    if (this.#splitter.retracted && !retracted) this.#moveTokens();
    return this.#take(pieces);
  }

  /** Takes reasoning that the server has split off itself. */
  pushReasoning(chunk: string, tokens: number): readonly Piece[] {
    this.#reasoning += chunk;
    this.#reasoningTokens += tokens;
    return chunk === "" ? [] : [{ reasoning: true, text: chunk }];
  }

  end(): readonly Piece[] {
    const shown = [...this.#take(this.#splitter.end())];
    const rest = this.#scanner.end();
    this.#text += rest;
    if (rest !== "") shown.push({ reasoning: false, text: rest });
    return shown;
  }

  #take(pieces: readonly Piece[]): readonly Piece[] {
    const shown: Piece[] = [];
    for (const piece of pieces) {
      if (piece.reasoning) {
        this.#reasoning += piece.text;
        shown.push(piece);
        continue;
      }
      const text = this.#scanner.push(piece.text);
      this.#text += text;
      if (text !== "") shown.push({ reasoning: false, text });
    }
    return shown;
  }

  /** A thought ended that nobody had seen begin: what was text until now was reasoning. */
  #retract(): void {
    this.#reasoning += this.#text + this.#scanner.end();
    this.#text = "";
    this.#scanner = new StopScanner(this.#stops);
  }

  #moveTokens(): void {
    this.#reasoningTokens += this.#textTokens;
    this.#textTokens = 0;
  }
}
