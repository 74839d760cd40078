import type { Message } from "@aide-ts/plugin";

/** Of English and code, until the model's own calls say better. */
const FIRST_GUESS = 3.8;
const TEMPLATE_BYTES = 16;
/** Weight of what is new. */
const LEARNING = 0.3;

/** Guesses how many tokens a prompt has, for calls that ended before Ollama counted them: it has no endpoint that counts. */
export class PromptEstimate {
  #bytesPerToken = FIRST_GUESS;

  tokens(bytes: number): number {
    return Math.max(1, Math.round(bytes / this.#bytesPerToken));
  }

  /** Takes what a whole call has shown. */
  learn(bytes: number, tokens: number): void {
    if (tokens < 16 || bytes < tokens / 4) return;
    this.#bytesPerToken += LEARNING * (bytes / tokens - this.#bytesPerToken);
  }
}

export const bytesOf = (messages: readonly Message[]): number =>
  messages.reduce((sum, { content }) => sum + Buffer.byteLength(content) + TEMPLATE_BYTES, 0);
