import { definePlugin } from "@aide-ts/plugin";
import { criticised } from "./critics.ts";
import { criticOf, twoPhase, twoPhaseOptions, critiquePrompt, editPrompt } from "./two-phase.ts";
import { loopShape } from "./loop.ts";

/**
 * Two-phase reflection: a critic reviews a solution and gives numbered instructions, then an editor applies these and nothing else. The edit is made as
 * small as it can be and measured; see `@aide-ts/strategy-reflection/patch`.
 *
 * The two phases are those of A. Osman's fork of AIDE (aide-ds, 2025), which instructed the editor to change little and did not measure it.
 */
export const reflection = definePlugin({
  kind: "strategy",
  name: "reflection",
  summary: "A critique, then a minimal edit that applies it.",
  options: twoPhaseOptions,
  needs: () => [],
  shape: (options) => loopShape(options, 2, [options.critic, "code"]),
  prompts: { ...critiquePrompt, ...editPrompt },
  create: (options) => twoPhase(options, (solution, work) => criticised(solution, criticOf(options), work)),
});
