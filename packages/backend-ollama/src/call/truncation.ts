/** Tokens of the prompt's beginning that a server keeps when it cuts one: Ollama's default, sent so that it is known. */
export const keptTokens = 4;

export interface Counted {
  /** The server's count of the prompt. */
  readonly tokens: number;
  readonly contextTokens: number;
  /** The prompt's tokens at the least, whatever the vocabulary. */
  readonly least: number;
  /** The server was seen to refuse a prompt that is too long. */
  readonly refuses: boolean;
  /** Its counts include the tokens that it had evaluated before. */
  readonly countsCached: boolean;
}

/**
 * Whether a server has cut a prompt without saying so. Servers until 0.12.3 cut it to the context's length exactly, later ones, where they do, to
 * half of what is left after the kept tokens (contextShiftPromptLimit in llm/llama_server.go), with one more kept where the model's
 * vocabulary begins every prompt by a token of its own.
 */
export const wasCut = ({ tokens, contextTokens, least, refuses, countsCached }: Counted): boolean => {
  if (tokens >= contextTokens) return true;
  if (countsCached && tokens < least) return true;
  if (refuses) return false;
  return [keptTokens, keptTokens + 1].some(
    (kept) => tokens === contextTokens - Math.max(Math.floor((contextTokens - kept) / 2), 1),
  );
};
