import type { Message } from "@aide-ts/plugin";

/** Of English and code, until the model's own calls say better. */
const firstGuess = 3.8;
const templateBytes = 16;
/** Weight of what is new. */
const learning = 0.3;

/** Guesses how many tokens a prompt has, for calls that ended before Ollama counted them: it has no endpoint that counts. */
export class PromptEstimate {
  #bytesPerToken = firstGuess;

  tokens(bytes: number): number {
    return Math.max(1, Math.round(bytes / this.#bytesPerToken));
  }

  /** Takes what a whole call has shown. */
  learn(bytes: number, tokens: number): void {
    if (tokens < 16 || bytes < tokens / 4) return;
    this.#bytesPerToken += learning * (bytes / tokens - this.#bytesPerToken);
  }
}

export const bytesOf = (messages: readonly Message[]): number =>
  messages.reduce((sum, { content }) => sum + Buffer.byteLength(content) + templateBytes, 0);
