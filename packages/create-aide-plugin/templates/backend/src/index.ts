import { definePlugin } from "@aide-ts/plugin";
import { z } from "zod";
import { FixedBackend } from "./fixed-backend.ts";

/** Predicts the median of each target: what any model should beat. */
const median = `\`\`\`python
import pandas as pd

train = pd.read_csv("./input/train.csv")
submission = pd.read_csv("./input/sample_submission.csv")
for target in submission.columns.intersection(train.columns)[1:]:
    submission[target] = train[target].median()
submission.to_csv("./submission/submission.csv", index=False)
\`\`\``;

/** A model that always gives the same answer: a baseline, and a run that needs no model. */
export default definePlugin({
  kind: "backend",
  name: "PLUGIN_NAME",
  options: z.strictObject({
    answer: z.string().min(1).default(median).describe("What the model answers, whatever it is asked."),
    contextTokens: z.int().positive().default(32_768).describe("Tokens of a prompt beyond which it is refused."),
  }),
  create: (options) => new FixedBackend(options),
});
