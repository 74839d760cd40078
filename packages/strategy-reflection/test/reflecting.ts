import type { GenerateRequest } from "@aide-ts/plugin";
import { plausibleAnswer } from "@aide-ts/testing";

const textOf = ({ messages }: GenerateRequest): string => messages.map(({ content }) => content).join("\n");

/** A model that criticises where it is asked to, and edits by search/replace blocks, which some of its answers get wrong. */
export const numberedAnswer = (request: GenerateRequest, call: { readonly seed: number }): string => {
  const text = textOf(request);
  if (text.includes('Write two sections. "Review"'))
    return call.seed % 5 === 0
      ? "No specific errors found requiring changes."
      : "Review: it is wrong.\nInstructions:\n1. [logic] lines 1-1: change the number";
  if (!text.includes("<<<<<<< SEARCH")) return plausibleAnswer(request, call);
  const line = /^x = -?\d+$/m.exec(text)?.[0] ?? "nothing";
  return `<<<<<<< SEARCH\n${line}\n=======\nx = ${call.seed % 13}\n>>>>>>> REPLACE`;
};
