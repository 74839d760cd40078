import { definePlugin } from "@aide-ts/plugin";
import { z } from "zod";
import { contentOf } from "../patch/lines.ts";
import { diff, type Hunk } from "../patch/index.ts";
import type { Critique, Finding } from "../reflection/critique.ts";
import { editOptions } from "../reflection/edit-options.ts";
import { loopOptions, loopShape } from "../reflection/loop.ts";
import { editPrompt, twoPhase } from "../reflection/two-phase.ts";

const options = z.strictObject({
  ...loopOptions,
  ...editOptions,
  known: z
    .array(z.strictObject({ code: z.string().min(1), fix: z.string().min(1) }))
    .min(1)
    .describe("Scripts and the fix of each: only where the fix is known, as in the repair benchmark."),
});

/**
 * Control of `reflection`: the critique is made from a fix that is known. It says how well the editor would do if the critic were right; what
 * `reflection` lacks beside it is due to the critique.
 */
export const oracleCritique = definePlugin({
  kind: "strategy",
  name: "oracle-critique",
  summary: "Control of reflection: a critique that is known to be right.",
  options,
  needs: () => [],
  shape: (options) => loopShape(options, 1, ["code"]),
  prompts: editPrompt,
  create: (chosen) => {
    const fixes = new Map(chosen.known.map(({ code, fix }) => [code.trim(), fix]));
    return twoPhase(chosen, async ({ candidate: { code } }) => {
      const fix = fixes.get(code.trim());
      return fix === undefined ? { kind: "empty" } : critiqueOf(code, fix);
    });
  },
});

/** The fix in the words of a critique, a finding for each place that changes. */
export const critiqueOf = (code: string, fix: string): Critique => {
  const hunks = diff(`${code.trimEnd()}\n`, `${fix.trimEnd()}\n`);
  if (hunks.length === 0) return { kind: "declined" };
  const findings = hunks.map(findingOf);
  return { kind: "findings", findings, text: findings.map(({ text }, at) => `${at + 1}. ${text}`).join("\n") };
};

const findingOf = ({ at, removed, added }: Hunk): Finding => {
  const wanted = added.map(contentOf).join("\n");
  if (removed.length === 0) {
    const place = at === 0 ? "before line 1" : `after line ${at}`;
    return { kind: "other", lines: [{ first: at, last: at + 1 }], text: `[other] ${place} insert\n${wanted}` };
  }
  const lines = { first: at + 1, last: at + removed.length };
  const change = added.length === 0 ? "take them out" : `they must become\n${wanted}`;
  return { kind: "other", lines: [lines], text: `[other] lines ${lines.first}-${lines.last}: ${change}` };
};
