import type { Generation } from "@aide-ts/plugin";
import type { Piece } from "./answer-body.ts";

/** What of an answer was not told while it grew: all of it, from a backend that tells nothing. */
export class UnsentText {
  #text = "";
  #reasoning = "";

  tell(delta: string, reasoning: boolean): void {
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

const rest = (whole: string, told: string): string => (whole.startsWith(told) ? whole.slice(told.length) : "");
