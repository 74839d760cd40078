import { extractCandidate } from "@aide-ts/answer";
import { definePlugin } from "@aide-ts/plugin";
import { z } from "zod";
import { promptFile } from "./prompt-file.ts";

const options = z.strictObject({
  rounds: z.int().min(1).max(20).default(3).describe("The most repairs of one script."),
  minimal: z.boolean().default(true).describe("Ask for as few changes as can be."),
});

/**
 * Self-debug (Chen et al. 2023, arXiv 2304.05128; stage one of S*, Li et al. 2025, arXiv 2502.14382): run, show the error, write the script again, until it
 * runs. Every attempt is a node of the tree.
 */
export const selfDebug = definePlugin({
  kind: "strategy",
  name: "self-debug",
  summary: "Runs, shows the error, writes again, until it runs.",
  options,
  needs: () => [],
  shape: ({ rounds }) => ({ generations: [0, rounds], next: [1, 1] }),
  prompts: { "self-debug/fix": promptFile("fix") },
  create:
    ({ rounds, minimal }) =>
    (next) =>
    async (proposal, work) => {
      const candidate = await next(proposal, work);
      if (candidate.code === "") return candidate;
      let now = await work.evaluate(candidate);
      for (let round = 1; round <= rounds && !now.evaluation.valid; round++) {
        const slots = {
          code: now.candidate.code.trimEnd(),
          feedback: now.evaluation.feedback,
          minimal: minimal ? "yes" : "",
        };
        const answer = await work.generate({ messages: work.prompt("self-debug/fix", slots) }, { phase: "debug" });
        const fixed = extractCandidate(answer.text, answer.finish);
        if (fixed.code === "" || fixed.code === now.candidate.code) {
          work.note({ round, outcome: fixed.code === "" ? "unparsable" : "no-op" });
          continue;
        }
        const after = await work.evaluate({ plan: now.candidate.plan, code: fixed.code, from: now.id });
        work.note({ round, outcome: after.evaluation.valid ? "fixed" : "still-broken" });
        now = after;
      }
      return now.candidate;
    },
});
