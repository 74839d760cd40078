import { definePlugin } from "@aide-ts/plugin";
import { z } from "zod";

const line = /^\W*validation score\W*[:=]\s*\**\s*([^\s*,;]+)/gim;

/** The score that a script printed of itself: the last line `validation score: <number>`. A fallback, marked as such. */
export const reported = definePlugin({
  kind: "evaluator",
  name: "reported",
  summary: "The score that a script prints of itself; a fallback.",
  options: z.strictObject({}),
  create: () => ({
    async evaluate({ execution }, before) {
      const value = reportedScore(execution.output);
      if (value === undefined || before?.valid === false) return before;
      const score = { value, source: "reported" as const };
      if (before !== undefined) return { ...before, scores: [...before.scores, score] };
      return {
        valid: true,
        score,
        scores: [score],
        feedback: `It reports a validation score of ${Number(value.toPrecision(6))}.`,
      };
    },
  }),
});

/** Only a finite number is a score: `nan`, `inf` and `1e400` are none, `0` and `1` are. */
const reportedScore = (output: string): number | undefined => {
  const last = [...output.matchAll(line)].at(-1)?.[1];
  if (last === undefined || !/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(last)) return undefined;
  const value = Number(last);
  return Number.isFinite(value) ? value : undefined;
};
