import { definePlugin } from "@aide-ts/plugin";
import { z } from "zod";
import { FixedBackend } from "./fixed-backend.ts";

/** Predicts the value in the middle of each target: what any model should beat. */
const middle = `\`\`\`python
import pandas as pd

train = pd.read_csv("./input/train.csv")
test = pd.read_csv("./input/test.csv")
submission = test.iloc[:, :1].copy()
for target in train.columns.difference(test.columns, sort=False):
    submission[target] = train[target].sort_values().iloc[len(train) // 2]
submission.to_csv("./submission/submission.csv", index=False)
\`\`\``;

/** A model that always gives the same answer: a baseline, and a run that needs no model. */
export default definePlugin({
  kind: "backend",
  name: "PLUGIN_NAME",
  summary: "One fixed answer, without a model.",
  options: z.strictObject({
    answer: z.string().min(1).default(middle).describe("What the model answers, whatever it is asked."),
    contextTokens: z.int().positive().default(32_768).describe("Tokens of a prompt beyond which it is refused."),
  }),
  create: (options) => new FixedBackend(options),
});
