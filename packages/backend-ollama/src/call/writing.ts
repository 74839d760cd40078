import { Answer, Deltas, type Beginning, type Piece } from "@aide-ts/backend-kit";
import type { CallProgress } from "@aide-ts/plugin";

/** Ollama itself gives up after 30 repeated tokens (llm/server.go), and says nothing when it does. */
const repeated = 30;

/** What has come of an answer so far. The server may split thoughts off itself, or leave their tags in the text. */
export class Writing {
  readonly #beginning: Beginning;
  readonly #stops: readonly string[];
  readonly #deltas: Deltas;
  readonly #onLine: () => void;
  #thought = "";
  #thoughtLines = 0;
  #answer: Answer | undefined;
  #last: string | undefined;
  #repeats = 0;

  constructor(
    beginning: Beginning,
    stops: readonly string[],
    onProgress: (progress: CallProgress) => void,
    onLine: () => void,
  ) {
    this.#beginning = beginning;
    this.#onLine = onLine;
    this.#stops = stops;
    this.#deltas = new Deltas(({ text, reasoning, tokens }) =>
      onProgress({ kind: "text", delta: text, reasoning, tokens }),
    );
  }

  get text(): string {
    return this.#answer?.text ?? "";
  }

  get reasoning(): string {
    return this.#thought + (this.#answer?.reasoning ?? "");
  }

  /** Lines that brought something; one is a token, but for tokens that are no whole character. */
  get lines(): { readonly reasoning: number; readonly text: number } {
    const { reasoning, text } = this.#answer?.tokens ?? { reasoning: 0, text: 0 };
    return { reasoning: this.#thoughtLines + reasoning, text };
  }

  get thinking(): boolean {
    return this.#answer === undefined ? this.#thoughtLines > 0 || this.#beginning === "thought" : this.#answer.thinking;
  }

  /** A thought has been, and is over. */
  get thoughtOver(): boolean {
    return this.#answer !== undefined && this.#answer.settled && this.lines.reasoning > 0;
  }

  /** The server has split off a thought, and no text has come yet. */
  get onlyThought(): boolean {
    return this.#answer === undefined && this.#thoughtLines > 0;
  }

  get stopped(): boolean {
    return this.#answer?.stopped !== undefined;
  }

  /** The last lines were all the same. */
  get repeating(): boolean {
    return this.#repeats >= repeated;
  }

  /** Takes what the server calls a thought. */
  think(text: string): void {
    if (text === "") return;
    this.#note(text);
    this.#thought += text;
    this.#thoughtLines++;
    this.#deltas.push([{ reasoning: true, text }], 1);
  }

  write(text: string): void {
    if (text === "") return;
    this.#note(text);
    this.#show(this.#open().push(text, 1), 1);
  }

  /** Ends the thought, whether the model has or not, by tokens that it did not write. */
  closeThought(tokens: number): void {
    const answer = this.#open();
    if (answer.settled) this.#thoughtLines += tokens;
    else answer.push("</think>", tokens);
  }

  end(): void {
    if (this.#answer !== undefined) this.#show(this.#answer.end(), 0);
    this.#deltas.flush();
  }

  #open(): Answer {
    this.#answer ??= new Answer(this.#thoughtLines > 0 ? "text" : this.#beginning, this.#stops);
    return this.#answer;
  }

  #show(pieces: readonly Piece[], tokens: number): void {
    this.#deltas.push(pieces, tokens);
  }

  #note(text: string): void {
    this.#onLine();
    const trimmed = text.trim();
    this.#repeats = trimmed === this.#last ? this.#repeats + 1 : 0;
    this.#last = trimmed;
  }
}
