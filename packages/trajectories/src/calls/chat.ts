import type { Message } from "@aide-ts/plugin";
import { answerOf, type ModelCall, type Said } from "./model-call.ts";

/** A turn as trainers read it. */
export interface ChatMessage extends Message {
  /** Where there was any. */
  readonly reasoning_content?: string;
}

const said = ({ content, reasoning }: Said) => ({
  content,
  ...(reasoning === "" ? {} : { reasoning_content: reasoning }),
});

/** A call's whole answer, as a turn. */
export const answerTurn = (call: ModelCall): ChatMessage => ({ role: "assistant", ...said(answerOf(call)) });

/** How a call's answer was made to begin, which is part of its turn and was not written by the model; null where it was free. */
export const describePrefill = ({ prefill }: ModelCall) => (prefill === undefined ? null : said(prefill));
