import { channelMessages } from "./thoughts/channels.ts";
import { stretchesOf } from "./thoughts/stretches.ts";

/** An answer by what its stretches are for. */
export interface AnswerParts {
  readonly stretches: readonly { readonly kind: "thought" | "text" | "call"; readonly text: string }[];
  /** It ends in a thought. */
  readonly open: boolean;
}

/** What a model thought, what it wrote, and what it sent to tools, in order. */
export const partsOfAnswer = (answer: string): AnswerParts => {
  const messages = channelMessages(answer);
  return messages === undefined
    ? stretchesOf(answer)
    : { stretches: messages, open: messages.at(-1)?.kind === "thought" };
};

/**
 * Splits a finished answer into reasoning and text: the last text that is not blank, so that text between two thoughts counts as reasoning. Thoughts are known by the
 * marks of `thoughtMarks` and by OpenAI's channels; a closer without an opener ends a thought that began with the answer, and an opener without a closer is a
 * thought that was cut off.
 */
export const splitReasoning = (answer: string): { readonly reasoning: string; readonly text: string } => {
  const { stretches } = partsOfAnswer(answer);
  const [only] = stretches;
  if (only !== undefined && stretches.length === 1 && only.kind === "text") return { reasoning: "", text: only.text };
  const last = stretches.findLastIndex(({ kind, text }) => kind === "text" && text.trim() !== "");
  return {
    reasoning: stretches
      .filter((_stretch, at) => at !== last)
      .map(({ text }) => text.trim())
      .filter((text) => text !== "")
      .join("\n"),
    text: stretches[last]?.text.trim() ?? "",
  };
};
