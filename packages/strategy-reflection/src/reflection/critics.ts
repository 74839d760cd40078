import { splitReasoning } from "@aide-ts/answer";
import type { Solution, Work } from "@aide-ts/plugin";
import { readCritique, type Critique } from "./critique.ts";

export interface Critic {
  /** Role whose model criticises. */
  readonly role: string;
  readonly sentinel: string;
  readonly temperature?: number | undefined;
  /** What this one of several critics looks for above all. */
  readonly focus?: string | undefined;
}

/** Phase one: a review of a solution, with instructions for whoever edits it. */
export const criticised = async (
  { candidate, evaluation }: Solution,
  { role, sentinel, temperature, focus = "" }: Critic,
  work: Work,
): Promise<Critique> => {
  const slots = { numbered: numbered(candidate.code), feedback: evaluation.feedback, sentinel, focus };
  const { text } = await work.generate(
    { messages: work.prompt("reflection/critique", slots), ...(temperature === undefined ? {} : { temperature }) },
    { role, phase: "critique" },
  );
  return readCritique(splitReasoning(text).text, sentinel);
};

const numbered = (code: string): string => {
  const lines = code.trimEnd().split("\n");
  const width = String(lines.length).length;
  return lines.map((line, at) => `${String(at + 1).padStart(width)}  ${line}`.trimEnd()).join("\n");
};
