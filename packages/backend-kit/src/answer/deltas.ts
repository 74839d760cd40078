import type { Piece } from "./thought-splitter.ts";

export interface Delta extends Piece {
  /** Of the answer so far. */
  readonly tokens: number;
}

/** Often enough for eyes, and so seldom that sending costs nothing. */
const intervalMs = 40;

/** Gathers pieces of text into fewer, larger ones. */
export class Deltas {
  readonly #send: (delta: Delta) => void;
  #text = "";
  #reasoning = false;
  #tokens = 0;
  #sent = 0;

  constructor(send: (delta: Delta) => void) {
    this.#send = send;
  }

  push(pieces: readonly Piece[], tokens: number): void {
    for (const piece of pieces) {
      if (piece.reasoning !== this.#reasoning) this.flush();
      this.#reasoning = piece.reasoning;
      this.#text += piece.text;
    }
    this.#tokens += tokens;
    if (performance.now() - this.#sent >= intervalMs) this.flush();
  }

  flush(): void {
    if (this.#text === "") return;
    this.#send({ text: this.#text, reasoning: this.#reasoning, tokens: this.#tokens });
    this.#text = "";
    this.#sent = performance.now();
  }
}
