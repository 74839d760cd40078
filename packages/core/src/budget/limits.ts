/** What a run may use; what is left out has no limit. */
export interface Limits {
  /** Outcomes. */
  readonly steps?: number | undefined;
  /** Reasoning + answer + prompt tokens that were not cached, all roles. */
  readonly tokens?: number | undefined;
  readonly promptTokens?: number | undefined;
  readonly reasoningTokens?: number | undefined;
  readonly answerTokens?: number | undefined;
  /** Tokens of single roles, counted as `tokens`. */
  readonly roleTokens?: Readonly<Record<string, number>> | undefined;
  /** In the currency of the prices. */
  readonly cost?: number | undefined;
  readonly executions?: number | undefined;
  /** Running time of all scripts together. */
  readonly executorSeconds?: number | undefined;
  /** Running time of the whole run. */
  readonly seconds?: number | undefined;
}

/** What a million tokens of a model cost, in any one currency. `prompt`: those that were not cached; `answer`: reasoning too. */
export interface Price {
  readonly prompt: number;
  readonly cached: number;
  readonly answer: number;
}
