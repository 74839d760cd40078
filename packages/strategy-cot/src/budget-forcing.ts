import { definePlugin, type Call, type GenerateRequest, type Generation, type Work } from "@aide-ts/plugin";
import { z } from "zod";

const options = z.strictObject({
  extend: z.int().min(0).max(32).default(1).describe("Times that the end of a thought is taken back."),
  word: z.string().min(1).default("Wait").describe("What the thought goes on with then."),
  cap: z.int().min(1).optional().describe("The most tokens of one stretch of thought. No limit without."),
  phases: z.array(z.string().min(1)).min(1).default(["code"]).describe("Calls that are forced, by what they are for."),
});

type Options = z.output<typeof options>;

/**
 * Budget forcing (Muennighoff et al. 2025, s1, arXiv 2501.19393): a thought that is too long is ended, and one that ends is made to go on, by the
 * word "Wait" in place of its end. Only models that think are forced; all others answer as they do.
 */
export const budgetForcing = definePlugin({
  kind: "strategy",
  name: "budget-forcing",
  summary: "Ends a model's thoughts that are too long and makes short ones go on (s1).",
  options,
  needs: ({ extend }) => [{ anyOf: extend > 0 ? ["continuation"] : ["continuation", "thoughtBudget"] }],
  shape: ({ extend }) => ({ generations: [0, 0], next: [1, 1], perCall: [1, extend === 0 ? 1 : extend + 2] }),
  create: (forcing) => (next) => (proposal, work) =>
    next(
      proposal,
      work.with({
        generate: (request, call, inner) =>
          forcing.phases.includes(call.phase) ? forced(forcing, request, call, inner) : inner.generate(request, call),
      }),
    ),
});

const forced = async (
  { extend, word, cap }: Options,
  request: GenerateRequest,
  call: Call,
  inner: Work,
): Promise<Generation> => {
  // Whoever goes on from an answer's text has no thought before it.
  if (request.continueFrom !== undefined && !request.continueFrom.thinking) return inner.generate(request, call);
  const limited = cap === undefined ? request : { ...request, maxThoughtTokens: cap };
  if (extend === 0) return inner.generate(limited, call);
  const thinking = { ...limited, pauseAfterThought: true };
  let part = await inner.generate(thinking, call);
  let reasoning = part.reasoning;
  for (let times = 0; times < extend && part.finish === "thought-end"; times++) {
    reasoning = `${reasoning.trimEnd()}\n${word}`;
    part = await inner.generate({ ...thinking, continueFrom: { reasoning, thinking: true, text: "" } }, call);
    reasoning += part.reasoning;
  }
  if (part.finish !== "thought-end") return { ...part, reasoning };
  const answer = await inner.generate({ ...request, continueFrom: { reasoning, thinking: false, text: "" } }, call);
  return { ...answer, reasoning };
};
