import { definePlugin } from "@aide-ts/plugin";
import { criticised } from "../reflection/critics.ts";
import { criticOf, twoPhase, twoPhaseOptions, critiquePrompt, editPrompt } from "../reflection/two-phase.ts";
import { shamOf } from "./sham.ts";
import { loopShape } from "../reflection/loop.ts";

/**
 * Control of `reflection`: the critic is asked and paid for, then its words give way to a template of the same length that says nothing about the
 * script. What `reflection` does better than this is due to what the critique says.
 */
export const shamCritique = definePlugin({
  kind: "strategy",
  name: "sham-critique",
  summary: "Control of reflection: a critique that says nothing.",
  options: twoPhaseOptions,
  needs: () => [],
  shape: (options) => loopShape(options, 2, [options.critic, "code"]),
  prompts: { ...critiquePrompt, ...editPrompt },
  create: (options) =>
    twoPhase(options, async (solution, work) => {
      const critique = await criticised(solution, criticOf(options), work);
      return critique.kind === "findings" ? shamOf(critique, solution.candidate.code, work.random) : critique;
    }),
});
