import type { GenerateRequest, Lab } from "@aide-ts/plugin";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { metricFromAnswer, metricQuestion, metrics, review } from "../src/index.ts";
import { parseAnswer } from "../src/evaluators/parse-answer.ts";

const judge = async (
  answer: string | readonly string[],
  before?: Parameters<ReturnType<typeof review.create>["evaluate"]>[1],
) => {
  const asked: GenerateRequest[] = [];
  const lab = {
    task: { goal: "", metric: "auc", direction: "maximize" },
    prompt: (name: string, slots: Readonly<Record<string, string>>) => [
      { role: "user", content: `${name} ${slots["metric"]} ${slots["output"]}` },
    ],
    generate: async (request: GenerateRequest) => {
      asked.push(request);
      return { text: typeof answer === "string" ? answer : (answer[asked.length - 1] ?? "") };
    },
  } as unknown as Lab;
  const execution = { id: "x", fate: "ok" as const, output: "AUC: 0.93\n", seconds: 1, artifacts: [] };
  const evaluator = review.create({}, undefined as never);
  return {
    evaluation: await evaluator.evaluate({ candidate: { plan: "", code: "x" }, execution }, before, lab),
    asked,
  };
};

describe("a review", () => {
  it("reads a score out of the output, and marks it as a reviewer's", async () => {
    const { evaluation, asked } = await judge('{"failed": false, "summary": "It fits.", "metric": 0.93}');
    expect(evaluation).toMatchObject({ valid: true, score: { value: 0.93, source: "review" } });
    expect(asked[0]?.messages[0]?.content).toContain("AUC: 0.93");
    expect(asked[0]?.schema).toMatchObject({ required: ["failed", "summary", "metric"] });
  });

  it.each([
    ["prose and a fence around it", 'Sure!\n```json\n{"failed": false, "summary": "ok", "metric": 1}\n```\nDone.', 1],
    ["Python's spelling", "{'failed': False, 'summary': 'ok', 'metric': 0}", 0],
    ["a number in quotes", '{"failed": false, "summary": "ok", "metric": "0.5"}', 0.5],
    ["an end that was cut off", '{"failed": false, "metric": 2, "summary": "It trained a mod', 2],
  ])("is read through %s", async (_name, answer, value) => {
    expect((await judge(answer)).evaluation).toMatchObject({ valid: true, score: { value } });
  });

  it.each([
    ["a failure", '{"failed": true, "summary": "No rows.", "metric": 0.9}'],
    ["no metric", '{"failed": false, "summary": "ok", "metric": null}'],
    ["a metric that is none", '{"failed": false, "summary": "ok", "metric": "nan"}'],
    ["an infinite one", '{"failed": false, "summary": "ok", "metric": 1e400}'],
  ])("of %s makes the solution invalid", async (_name, answer) => {
    expect((await judge(answer)).evaluation).toMatchObject({ valid: false, cause: "review" });
  });

  it.each(["", "I cannot tell.", "[1, 2]", '{"summary": "ok"}', "{"])(
    "that answers %j twice cannot tell",
    async (answer) => {
      const { evaluation, asked } = await judge(answer);
      expect(evaluation).toMatchObject({
        valid: false,
        cause: "review",
        feedback: expect.stringContaining("cannot tell"),
      });
      expect(asked).toHaveLength(2);
    },
  );

  it("is asked for once more, with its first answer before its eyes, where that was no verdict", async () => {
    const { evaluation, asked } = await judge(["Good!", '{"failed": false, "summary": "ok", "metric": 0.7}']);
    expect(evaluation).toMatchObject({ valid: true, score: { value: 0.7 } });
    expect(asked[1]?.messages.map(({ content }) => content).slice(1)).toEqual([
      "Good!",
      expect.stringContaining("evaluation/review-again"),
    ]);
    expect(asked[1]?.schema).toEqual(asked[0]?.schema);
  });

  it("is not asked where the score is known", async () => {
    const before = { valid: false, cause: "no-submission", scores: [], feedback: "none" } as const;
    const { evaluation, asked } = await judge("{}", before);
    expect(evaluation).toBe(before);
    expect(asked).toEqual([]);
  });

  it("never throws, whatever the model says", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.string().map((text) => `{${text}`),
        ),
        async (answer) => {
          parseAnswer(answer);
          const { evaluation } = await judge(answer);
          expect(evaluation?.valid !== true || Number.isFinite(evaluation.score.value)).toBe(true);
        },
      ),
    );
  });
});

describe("a metric that no rule finds in the text", () => {
  it("is asked for by the names of the library", () => {
    const { schema, temperature } = metricQuestion([]);
    expect(temperature).toBe(0);
    expect(JSON.stringify(schema)).toContain(metrics.map(({ name }) => `"${name}"`).join(","));
  });

  it.each([
    ['{"metric": "accuracy"}', "accuracy"],
    ["```json\n{'metric': 'AUC'}\n```", "auc"],
    ['{"metric": "Root Mean Squared Error"}', "rmse"],
    ['{"metric": "map@7"}', "map@7"],
    ['{"metric": "other"}', undefined],
    ['{"metric": "glory"}', undefined],
    ["accuracy", undefined],
  ])("%j means %s", (answer, metric) => {
    expect(metricFromAnswer(answer)).toBe(metric);
  });
});
