import { readFileSync } from "node:fs";
import { definePlugin, type Evaluation, type Execution, type Json, type Lab } from "@aide-ts/plugin";
import { z } from "zod";
import { parseAnswer } from "./parse-answer.ts";

const verdict = z.object({
  failed: z.boolean(),
  summary: z.string(),
  // A model writes "0.93" and 0.93 alike. What is no finite number is no metric.
  metric: z
    .preprocess((value) => (typeof value === "string" ? Number(value) : value), z.number())
    .nullable()
    .catch(null),
});

const schema: Json = {
  type: "object",
  properties: {
    failed: { type: "boolean" },
    summary: { type: "string" },
    metric: { oneOf: [{ type: "number" }, { type: "null" }] },
  },
  required: ["failed", "summary", "metric"],
};

const shownOutput = 4000;
const longestAnswer = 400;

/**
 * A model reads what the script printed and says what it scored, as AIDE's `submit_review` does: the last resort, marked as such, for tasks whose
 * predictions the framework cannot score. An answer that holds no verdict counts as none.
 */
export const review = definePlugin({
  kind: "evaluator",
  name: "review",
  options: z.strictObject({}),
  prompts: { "evaluation/review": readFileSync(new URL("../../prompts/review.md", import.meta.url), "utf8") },
  create: () => ({
    async evaluate({ candidate, execution }, before, lab) {
      if (before !== undefined) return before;
      const answer = await lab.generate(
        { messages: question(candidate.code, execution, lab), schema, temperature: 0, maxTokens: longestAnswer },
        { role: "review", phase: "review" },
      );
      const read = verdict.safeParse(parseAnswer(answer.text)).data;
      return read === undefined ? before : evaluationOf(read);
    },
  }),
});

const question = (code: string, execution: Execution, lab: Lab) =>
  lab.prompt("evaluation/review", { code, output: ending(execution.output), metric: lab.task.metric });

/** The end of the output: scores are printed last. */
const ending = (output: string): string => (output.length <= shownOutput ? output : `…${output.slice(-shownOutput)}`);

const evaluationOf = ({ failed, summary, metric }: z.output<typeof verdict>): Evaluation => {
  if (failed || metric === null)
    return { valid: false, cause: "review", scores: [], feedback: `A reviewer says: ${summary}` };
  const score = { value: metric, source: "review" as const };
  const feedback = `A reviewer read a score of ${Number(metric.toPrecision(6))} out of its output: ${summary}`;
  return { valid: true, score, scores: [score], feedback };
};
