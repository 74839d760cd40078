import { definePlugin, isBetter, type Proposal } from "@aide-ts/plugin";
import { z } from "zod";

const draft: Proposal = { operator: "draft", parents: [], memory: [], guidance: [] };

/** Drafts first; then the best of a few valid solutions drawn at random is improved, so that the best of all is not the only one. */
export default definePlugin({
  kind: "search",
  name: "PLUGIN_NAME",
  summary: "Drafts first, then improves the best of a few drawn at random.",
  options: z.strictObject({
    drafts: z.int().min(1).default(3).describe("First solutions before anything is improved; failed ones count."),
    rivals: z.int().min(1).default(2).describe("Solutions drawn for each improvement; the best of them is improved."),
  }),
  create: ({ drafts, rivals }) => ({
    ask({ task, outcomes, pending }, _number, random) {
      const begun = [...outcomes, ...pending].filter(({ proposal }) => proposal.operator === "draft").length;
      const valid = outcomes.flatMap(({ chosen }) => (chosen?.evaluation.valid === true ? [chosen] : []));
      if (begun < drafts || valid.length === 0) return { kind: "propose", proposal: draft };
      const drawn = Array.from({ length: rivals }, () => valid[Math.floor(random() * valid.length)]);
      const best = drawn.reduce((a, b) => (a !== undefined && b !== undefined && isBetter(task, b, a) ? b : a));
      if (best === undefined) return { kind: "propose", proposal: draft };
      return { kind: "propose", proposal: { ...draft, operator: "improve", parents: [best.id] } };
    },
    // All that it needs to know is in what it is shown.
    tell() {},
  }),
});
