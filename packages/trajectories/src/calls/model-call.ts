import { shortDigest, type History } from "@aide-ts/core";
import type { Message, Usage } from "@aide-ts/plugin";
import { z } from "zod";
import { promptMissing } from "../errors.ts";

/** What a model wrote, its reasoning apart. */
export interface AnswerText {
  readonly content: string;
  readonly reasoning: string;
}

/** A model call that was answered. */
export interface ModelCall {
  readonly place: string;
  /** Its number among all that a run did, in the order of their beginnings. */
  readonly order: number;
  readonly role: string;
  readonly phase: string;
  readonly model: string;
  readonly messages: readonly Message[];
  /** How the answer was made to begin: the model did not write it in this call. */
  readonly prefill: AnswerText | undefined;
  /** What the model wrote, as the log holds it. */
  readonly written: AnswerText;
  readonly finish: string;
  readonly usage: Usage;
  /** Of messages and beginning: calls that agree in it were asked the same. */
  readonly promptDigest: string;
}

/** The whole answer: how it was made to begin, then what the model wrote. */
export const answerOf = ({ prefill, written }: Pick<ModelCall, "prefill" | "written">): AnswerText => ({
  content: `${prefill?.content ?? ""}${written.content}`,
  reasoning: `${prefill?.reasoning ?? ""}${written.reasoning}`,
});

/** Whether an answer holds a script in whole lines, word for word. */
export const holdsScript = (call: Pick<ModelCall, "prefill" | "written">, code: string): boolean => {
  const script = code.replace(/^(\s*\n)+/, "").trimEnd();
  return script !== "" && `\n${answerOf(call).content}\n`.includes(`\n${script}\n`);
};

const message = z.object({ role: z.enum(["system", "user", "assistant"]), content: z.string() });

const details = z.looseObject({
  role: z.string(),
  phase: z.string().default(""),
  model: z.string(),
  request: z.looseObject({
    messages: z.array(message).min(1),
    continueFrom: z.looseObject({ reasoning: z.string(), text: z.string() }).optional(),
  }),
});

const generation = z.looseObject({
  text: z.string(),
  reasoning: z.string(),
  finish: z.string(),
  usage: z.object({
    prompt: z.number(),
    cached: z.number(),
    reasoning: z.number(),
    answer: z.number(),
    estimated: z.boolean(),
  }),
});

/**
 * The calls of a run that were answered, in the order in which they were begun.
 * @param folder of the run
 * @throws AIDE_TRAJECTORY_PROMPT where the log does not hold what one was asked and answered
 */
export const callsIn = ({ effects }: Pick<History, "effects">, folder: string): readonly ModelCall[] =>
  Array.from(effects).flatMap(([place, effect], order): readonly ModelCall[] => {
    if (effect.kind !== "generate" || effect.end !== "ended") return [];
    const asked = details.safeParse(effect.details);
    const answered = generation.safeParse(effect.value);
    if (!asked.success || !answered.success) throw promptMissing(folder, place);
    const { role, phase, model, request } = asked.data;
    const { messages, continueFrom } = request;
    const { text, reasoning, finish, usage } = answered.data;
    const begun = continueFrom && { content: continueFrom.text, reasoning: continueFrom.reasoning };
    const prefill = begun === undefined || `${begun.content}${begun.reasoning}` === "" ? undefined : begun;
    const written = { content: text, reasoning };
    const promptDigest = shortDigest({ messages, prefill: prefill ?? null });
    return [{ place, order, role, phase, model, messages, prefill, written, finish, usage, promptDigest }];
  });
