/** What a model writes before and after a thought. */
export interface ThoughtMark {
  readonly opener: string;
  readonly closer: string;
}

/**
 * The marks of thoughts in what models write, where the server does not split thoughts off itself. It stands in the contract because both
 * ends read by it and neither may import the other: backends, which split a stream, and strategies, which read finished answers.
 */
export const thoughtMarks: readonly ThoughtMark[] = [
  ...["think", "thinking", "thought", "reasoning", "scratchpad", "seed:think", "longcat_think"].map((name) => ({
    opener: `<${name}>`,
    closer: `</${name}>`,
  })),
  // Kimi
  { opener: "◁think▷", closer: "◁/think▷" },
  // Mistral
  { opener: "[THINK]", closer: "[/THINK]" },
  // OpenThinker, Sky-T1
  { opener: "<|begin_of_thought|>", closer: "<|end_of_thought|>" },
  // Cohere
  { opener: "<|START_THINKING|>", closer: "<|END_THINKING|>" },
  // Gemma 4
  { opener: "<|channel>thought", closer: "<channel|>" },
];
