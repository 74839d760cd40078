import { readFileSync } from "node:fs";
import { definePlugin, type Evaluation, type Execution, type Json, type Lab, type Message } from "@aide-ts/plugin";
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

const prompts = ["review", "review-again"].map((name) => [
  `evaluation/${name}`,
  readFileSync(new URL(`../../prompts/${name}.md`, import.meta.url), "utf8"),
]);

/**
 * A model reads what the script printed and says what it scored, as AIDE's `submit_review` does: the last resort, marked as such, for tasks whose
 * predictions the framework cannot score. Its answer follows a schema where the server can hold it to one, and is repaired where it cannot; one that is no
 * verdict all the same is asked for once more, and then the reviewer cannot tell.
 */
export const review = definePlugin({
  kind: "evaluator",
  name: "review",
  summary: "A model reads the score out of what a script printed; the last resort.",
  options: z.strictObject({}),
  prompts: Object.fromEntries(prompts),
  create: () => ({
    async evaluate({ candidate, execution }, before, lab) {
      if (before !== undefined) return before;
      const asked = question(candidate.code, execution, lab);
      const answer = await ask(asked, lab);
      if (answer.verdict !== undefined) return evaluationOf(answer.verdict);
      const again = await ask(
        [...asked, { role: "assistant", content: answer.text }, ...lab.prompt("evaluation/review-again", {})],
        lab,
      );
      return again.verdict === undefined ? cannotTell : evaluationOf(again.verdict);
    },
  }),
});

interface Answer {
  readonly text: string;
  readonly verdict: z.output<typeof verdict> | undefined;
}

const ask = async (messages: readonly Message[], lab: Lab): Promise<Answer> => {
  const request = { messages, schema, temperature: 0, maxTokens: longestAnswer };
  const { text } = await lab.generate(request, { role: "review", phase: "review" });
  return { text, verdict: verdict.safeParse(parseAnswer(text)).data };
};

const cannotTell: Evaluation = {
  valid: false,
  cause: "review",
  scores: [],
  feedback: "A reviewer cannot tell what it scored.\nIts output has to say the score.",
};

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
