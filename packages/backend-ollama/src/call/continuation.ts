import { resumedAnswer, type Beginning } from "@aide-ts/backend-kit";
import type { GenerateRequest } from "@aide-ts/plugin";

export type Unfinished = NonNullable<GenerateRequest["continueFrom"]>;

/** What a model is made to read where its thought is cut. */
export const closeThought = "\n</think>\n\n";
/** Tokens of it, at the most, in the vocabularies of models that think. */
export const closeTokens = 4;

export interface Prompt {
  readonly text: string;
  readonly beginning: Beginning;
}

/** The rendered prompt with the unfinished answer after it. `tags`: the model's thoughts stand between <think> and </think>. */
export const continued = (rendered: string, unfinished: Unfinished, tags: boolean): Prompt => {
  const opened = tags && /<think>\s*$/.test(rendered);
  const { stretches, beginning } = resumedAnswer(unfinished, { opened, thinks: tags, open: false });
  return { text: rendered + stretches.map((stretch) => stretch.text).join(""), beginning };
};
