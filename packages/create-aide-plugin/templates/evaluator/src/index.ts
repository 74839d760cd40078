import { definePlugin, submissionIn } from "@aide-ts/plugin";
import { z } from "zod";

/** Refuses a submission that answers the same for every row, and tells the model so. */
export default definePlugin({
  kind: "evaluator",
  name: "PLUGIN_NAME",
  summary: "Refuses a submission that answers the same for every row.",
  options: z.strictObject({
    rows: z.int().min(2).default(10).describe("Rows from which on the same answer for all of them is refused."),
  }),
  create: ({ rows }) => ({
    async evaluate({ execution }, before, lab) {
      const path = submissionIn(execution);
      if (path === undefined) return before;
      const [, ...lines] = Buffer.from(await lab.read(execution, path))
        .toString("utf8")
        .trim()
        .split(/\r?\n/);
      // The first column names the row.
      const answers = new Set(lines.map((line) => line.slice(line.indexOf(",") + 1)));
      if (lines.length < rows || answers.size > 1) return before;
      return {
        valid: false,
        cause: "bad-submission",
        scores: before?.scores ?? [],
        feedback: `The submission answers the same for all ${lines.length} rows. Use the features of each.`,
      };
    },
  }),
});
