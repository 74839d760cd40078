import type { Generation } from "@aide-ts/plugin";
import type { Piece } from "./answer-body.ts";

/** The part of an answer that was not streamed while it grew: all of it, from a backend that reports no progress. */
export class UnsentText {
  #text = "";
  #reasoning = "";

  add(delta: string, reasoning: boolean): void {
    if (reasoning) this.#reasoning += delta;
    else this.#text += delta;
  }

  of({ text, reasoning }: Pick<Generation, "text" | "reasoning">): readonly Piece[] {
    return [
      { text: rest(reasoning, this.#reasoning), reasoning: true },
      { text: rest(text, this.#text), reasoning: false },
    ];
  }
}

const rest = (whole: string, sent: string): string => (whole.startsWith(sent) ? whole.slice(sent.length) : "");
