import type { Message } from "@aide-ts/plugin";
import { answerOf, type ModelCall, type AnswerText } from "./model-call.ts";

/** A turn as trainers read it. */
export interface ChatMessage extends Message {
  /** Where there was any. */
  readonly reasoning_content?: string;
}

const fieldsOf = ({ content, reasoning }: AnswerText) => ({
  content,
  ...(reasoning === "" ? {} : { reasoning_content: reasoning }),
});

/** A call's whole answer, as a turn. */
export const answerTurn = (call: ModelCall): ChatMessage => ({ role: "assistant", ...fieldsOf(answerOf(call)) });

/** How a call's answer was made to begin, which is part of its turn and was not written by the model; null where it was free. */
export const describePrefill = ({ prefill }: ModelCall) => (prefill === undefined ? null : fieldsOf(prefill));
