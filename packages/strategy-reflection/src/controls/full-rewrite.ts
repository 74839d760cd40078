import { extractCandidate } from "@aide-ts/answer";
import { definePlugin } from "@aide-ts/plugin";
import { z } from "zod";
import { measure } from "../patch/index.ts";
import { promptFile } from "../prompt-file.ts";
import { criticised } from "../reflection/critics.ts";
import { loopOptions, reflectionOutcome, reflecting, loopShape } from "../reflection/loop.ts";
import { critiquePrompt, countsOf, criticOf, criticOptions, withoutFindings } from "../reflection/two-phase.ts";

/**
 * Control of `reflection`: the same critique, but the script is written anew by it, with no word on changing little, and stands as it is written. What
 * `reflection` does better than this is due to its patches being small.
 */
export const fullRewrite = definePlugin({
  kind: "strategy",
  name: "full-rewrite",
  summary: "Control of reflection: the critique, and the whole script written anew.",
  options: z.strictObject({ ...loopOptions, ...criticOptions }),
  needs: () => [],
  shape: (options) => loopShape(options, 2, [options.critic, "code"]),
  prompts: { ...critiquePrompt, "full-rewrite/rewrite": promptFile("rewrite") },
  create: (options) =>
    reflecting(options, () => async (before, work) => {
      const critique = await criticised(before, criticOf(options), work);
      if (critique.kind !== "findings") return withoutFindings(critique);
      const { code, plan } = before.candidate;
      const details = countsOf(critique.findings);
      const slots = { code: code.trimEnd(), feedback: before.evaluation.feedback, critique: critique.text };
      const answer = await work.generate({ messages: work.prompt("full-rewrite/rewrite", slots) }, { phase: "edit" });
      const written = extractCandidate(answer.text, answer.finish);
      if (written.code === "") return { outcome: "unparsable", details };
      const size = measure({ original: code, edited: written.code });
      if (size.noOp) return { outcome: "no-op", details };
      const after = await work.evaluate({ plan, code: written.code, from: before.id });
      return { solution: after, outcome: reflectionOutcome(before, after), details: { ...details, size: { ...size } } };
    }),
});
