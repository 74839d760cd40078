import { splitReasoning } from "@aide-ts/answer";
import { definePlugin, succeeded, type Work } from "@aide-ts/plugin";
import { z } from "zod";
import { promptFile } from "../prompt-file.ts";
import { criticised } from "../reflection/critics.ts";
import { loopShape } from "../reflection/loop.ts";
import { findingKinds, readCritique, type Critique } from "../reflection/critique.ts";
import { critiquePrompt, editPrompt, sentinel, twoPhase, twoPhaseOptions } from "../reflection/two-phase.ts";
import { merged } from "./merged.ts";

const options = twoPhaseOptions.omit({ critic: true }).extend({
  critics: z
    .array(z.string().min(1))
    .min(1)
    .max(9)
    .readonly()
    .default(["critic", "critic", "critic"])
    .describe("The role of each critic; those that `backends` does not name are played by the coder's model."),
  focus: z.boolean().default(true).describe("Have each critic look above all for some kinds of mistakes."),
  quorum: z.int().min(1).max(9).default(1).describe("Critics who must name a place for it to be edited."),
  merge: z
    .enum(["votes", "model"])
    .default("votes")
    .describe("How reviews become one list: by the places that they name, or by one more call of the first critic."),
});

/**
 * A panel of critics and one editor: each reviews the solution by itself, their instructions are merged, and the edit is that of `reflection`. The form is
 * that of a mixture of agents (Wang et al. 2024, arXiv 2406.04692) with an aggregator, or with a vote over places.
 */
export const panel = definePlugin({
  kind: "strategy",
  name: "panel",
  summary: "Several critics, one edit.",
  options,
  needs: () => [],
  shape: (options) =>
    loopShape(options, options.critics.length + 1 + (options.merge === "model" ? 1 : 0), [...options.critics, "code"]),
  prompts: {
    ...critiquePrompt,
    ...editPrompt,
    "panel/merge": promptFile("merge"),
  },
  create: (chosen) =>
    twoPhase(chosen, async (solution, work) => {
      const { critics, focus, critiqueTemperature: temperature } = chosen;
      const reviews = await work.fanOut(critics.length, (branch, seat) => {
        const role = critics[seat] ?? "critic";
        const looksFor = focus ? focusOf(seat, critics.length) : undefined;
        return criticised(solution, { role, sentinel, temperature, focus: looksFor }, branch);
      });
      const critiques = succeeded(reviews);
      const critique = merged(critiques, chosen.quorum);
      return critique.kind === "findings" && chosen.merge === "model" && critiques.length > 1
        ? mergedByModel(critiques, critics[0] ?? "critic", work)
        : critique;
    }),
});

/** Kinds of findings are dealt out to the critics in turn; a single critic looks for all. */
const focusOf = (seat: number, critics: number): string | undefined =>
  critics === 1 ? undefined : findingKinds.filter((_, at) => at % critics === seat % findingKinds.length).join(", ");

const mergedByModel = async (reviews: readonly Critique[], role: string, work: Work): Promise<Critique> => {
  const texts = reviews.flatMap((review) => (review.kind === "findings" ? [review.text] : []));
  const slots = { reviews: texts.map((text, at) => `## Review ${at + 1}\n\n${text}`).join("\n\n"), sentinel };
  const { text } = await work.generate({ messages: work.prompt("panel/merge", slots) }, { role, phase: "critique" });
  return readCritique(splitReasoning(text).text, sentinel);
};
