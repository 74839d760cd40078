import type { EvaluatorHost } from "@aide-ts/plugin";
import { evaluatorConformance, play } from "@aide-ts/testing";
import { describe, expect, it } from "vitest";
import plugin from "../src/index.ts";

const host: EvaluatorHost = {
  task: { goal: "Predict the price", metric: "rmse", direction: "minimize" },
  cacheFolder: "unused",
  runFolder: "unused",
  env: () => undefined,
  log: () => undefined,
};

const options = { rows: 3 };
const submitted = (...answers: readonly number[]) => ({
  "submission/submission.csv": `id,price\n${answers.map((answer, row) => `${row},${answer}\n`).join("")}`,
});

evaluatorConformance(
  { describe, it },
  {
    plugin,
    options,
    host,
    subjects: [
      { what: "different answers", files: submitted(1, 2, 3) },
      { what: "the same answer for all rows", files: submitted(7, 7, 7) },
    ],
  },
);

describe("a submission", () => {
  const evaluated = async (...answers: readonly number[]) => {
    const evaluators = [plugin.create(options, host)];
    const run = () => ({ files: submitted(...answers) });
    const { journal } = await play({ evaluators, run, limits: { steps: 1 } });
    return journal.outcomes[0]?.chosen?.evaluation;
  };

  it("that answers the same for all rows is refused", async () => {
    expect(await evaluated(7, 7, 7)).toMatchObject({ valid: false, cause: "bad-submission" });
  });

  it("with other answers, or with few rows, is left to other evaluators", async () => {
    for (const answers of [
      [1, 2, 3],
      [7, 7],
    ])
      expect(await evaluated(...answers)).not.toMatchObject({ cause: "bad-submission" });
  });
});
