import { definePlugin } from "@aide-ts/plugin";
import { z } from "zod";
import { editOptions } from "../reflection/edit-options.ts";
import { editPrompt } from "../reflection/two-phase.ts";
import { editPhase } from "../reflection/edit-phase.ts";
import { loopOptions, reflecting, loopShape } from "../reflection/loop.ts";

/**
 * Control of `reflection`: the editor sees the script and what came of it, and no critique. What `reflection` does better than this is due to having a critique
 * at all. There is nothing that an edit could lie outside of, so `scope` has no effect.
 */
export const editWithoutCritique = definePlugin({
  kind: "strategy",
  name: "edit-without-critique",
  summary: "Control of reflection: an edit without a critique.",
  options: z.strictObject({ ...loopOptions, ...editOptions }).omit({ scope: true, margin: true }),
  needs: () => [],
  shape: (options) => loopShape(options, 1, ["code"]),
  prompts: editPrompt,
  create: (options) => {
    const unscoped = { ...options, scope: "off", margin: 0 } as const;
    return reflecting(
      options,
      () => (solution, work) => editPhase(solution, { text: "", lines: [] }, unscoped, work, {}),
    );
  },
});
