import type { GenerateRequest } from "@aide-ts/plugin";
import type { Beginning } from "./thought-splitter.ts";

/** A stretch of a prompt. Only the template's own stretches may hold special tokens: what people write stays plain text. */
export interface Stretch {
  readonly text: string;
  readonly special: boolean;
}

/** What of an unfinished answer stands behind the prompt, and what comes next. */
export interface Resumed {
  readonly stretches: readonly Stretch[];
  readonly beginning: Beginning;
}

export interface Thinking {
  /** The prompt opens a thought already. */
  readonly opened: boolean;
  /** The model thinks before it answers. */
  readonly thinks: boolean;
  /** Begin a thought where neither the prompt nor the answer has. */
  readonly open: boolean;
}

export const hasBegun = (unfinished: GenerateRequest["continueFrom"]): boolean =>
  unfinished !== undefined && (unfinished.thinking || unfinished.reasoning !== "" || unfinished.text !== "");

/** An unfinished answer as the model itself would have written it, to be gone on from. */
export const resumedAnswer = (
  unfinished: GenerateRequest["continueFrom"],
  { opened, thinks, open }: Thinking,
): Resumed => {
  const stretches: Stretch[] = [];
  const template = (text: string) => void (text !== "" && stretches.push({ text, special: true }));
  const plain = (text: string) => void (text !== "" && stretches.push({ text, special: false }));
  if (unfinished === undefined || !hasBegun(unfinished)) {
    if (open && !opened) template("<think>\n");
    return { stretches, beginning: opened || open ? "thought" : thinks ? "open" : "text" };
  }
  const { reasoning, thinking, text } = unfinished;
  if (thinks && (thinking || reasoning !== "" || opened)) {
    if (!opened) template(reasoning.startsWith("\n") ? "<think>" : "<think>\n");
    plain(reasoning);
    if (thinking) return { stretches, beginning: "thought" };
    template(`${reasoning.endsWith("\n") || reasoning === "" ? "" : "\n"}</think>${/^\s/.test(text) ? "" : "\n\n"}`);
  }
  plain(text);
  return { stretches, beginning: "text" };
};
