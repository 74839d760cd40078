import { definePlugin } from "@aide-ts/plugin";
import { z } from "zod";
import { criticised } from "../reflection/critics.ts";
import { readCritique } from "../reflection/critique.ts";
import { criticOf, sentinel, twoPhase, twoPhaseOptions, critiquePrompt, editPrompt } from "../reflection/two-phase.ts";
import { bankEntry, drawFrom, failureName, frozenBank } from "./critique-bank.ts";
import { loopShape } from "../reflection/loop.ts";

const options = twoPhaseOptions.extend({
  bank: z
    .array(bankEntry)
    .min(1)
    .optional()
    .describe("Critiques to draw from; those that come with the package without."),
});

/**
 * Control of `reflection`: the critic is asked and paid for, then its words give way to a real critique of another task with the same kind of failure. What
 * `reflection` does better than this is due to its critique being of this script.
 */
export const shuffledCritique = definePlugin({
  kind: "strategy",
  name: "shuffled-critique",
  summary: "Control of reflection: a critique of another task.",
  options,
  needs: () => [],
  shape: (options) => loopShape(options, 2, [options.critic, "code"]),
  prompts: { ...critiquePrompt, ...editPrompt },
  create: (chosen) => {
    const bank = chosen.bank ?? frozenBank();
    return twoPhase(chosen, async (solution, work) => {
      const critique = await criticised(solution, criticOf(chosen), work);
      if (critique.kind !== "findings") return critique;
      const drawn = drawFrom(bank, { task: work.task.goal, failure: failureName(solution) }, work.random);
      if (drawn === undefined) return { kind: "empty" };
      work.note({ critiqueOf: drawn.entry.task, sameFailure: drawn.sameFailure });
      return readCritique(drawn.entry.critique, sentinel);
    });
  },
});
