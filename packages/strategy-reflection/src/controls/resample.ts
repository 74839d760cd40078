import { definePlugin, isBetter, type Generation, type Work } from "@aide-ts/plugin";
import { z } from "zod";
import { reflectionOutcome } from "../reflection/loop.ts";

const options = z.strictObject({
  trigger: z.enum(["onFailure", "always"]).default("onFailure").describe("Which solutions are sampled again."),
  samples: z.int().min(1).max(64).default(1).describe("The most further samples."),
  tokens: z
    .int()
    .min(1)
    .optional()
    .describe(
      "No further sample once they have used so many tokens: reasoning, answer, and prompt that was not cached.",
    ),
});

/**
 * Control of every repair strategy: the tokens go to writing another script from the same proposal. What a strategy does better than this is due to
 * working on what there is.
 */
export const resample = definePlugin({
  kind: "strategy",
  name: "resample",
  summary: "Control of every repair: another script from the same proposal.",
  options,
  needs: () => [],
  shape: ({ samples }) => ({ generations: [0, 0], next: [1, 1 + samples] }),
  create:
    ({ trigger, samples, tokens = Number.POSITIVE_INFINITY }) =>
    (next) =>
    async (proposal, work) => {
      const bill = billed(work);
      let kept = await work.evaluate(await next(proposal, work));
      const goesOn = (done: number): boolean =>
        done < samples && bill.tokens() < tokens && (trigger === "always" || !kept.evaluation.valid);
      for (let sample = 1; goesOn(sample - 1); sample++) {
        const made = await work.evaluate(await next(proposal, bill.work));
        const isKept = isBetter(work.task, made, kept);
        const outcome = reflectionOutcome(kept, made);
        work.note({ sample, outcome, kept: isKept, tokens: bill.tokens() });
        if (isKept) kept = made;
      }
      return kept.candidate;
    },
});

/** A work that adds up what its calls cost. */
const billed = (work: Work): { readonly work: Work; readonly tokens: () => number } => {
  let spent = 0;
  return {
    tokens: () => spent,
    work: work.with({
      async generate(request, call, inner) {
        const generation = await inner.generate(request, call);
        spent += tokensOf(generation);
        return generation;
      },
    }),
  };
};

const tokensOf = ({ usage }: Generation): number =>
  usage.reasoning + usage.answer + Math.max(0, usage.prompt - usage.cached);
