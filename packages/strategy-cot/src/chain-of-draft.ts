import { definePlugin } from "@aide-ts/plugin";
import { z } from "zod";
import { planned } from "./planned.ts";
import { promptFile } from "./prompt-file.ts";

const options = z.strictObject({
  words: z.int().min(1).max(100).default(5).describe("The most words that a step may have."),
  planner: z.string().min(1).default("code").describe("Role whose model thinks."),
  operators: z
    .array(z.string().min(1))
    .min(1)
    .default(["draft", "improve", "debug"])
    .describe("Operators that are thought about."),
});

/** Chain of Draft (Xu et al. 2025, arXiv 2502.18600): steps of a few words in place of sentences, then the script. */
export const chainOfDraft = definePlugin({
  kind: "strategy",
  name: "chain-of-draft",
  summary: "Steps of a few words before the script.",
  options,
  needs: () => [],
  shape: ({ planner, operators }) => ({ generations: [1, 1], next: [1, 1], operators, roles: [planner] }),
  prompts: { "chain-of-draft/steps": promptFile("draft-steps") },
  create: ({ words, planner, operators }) =>
    planned({
      name: "chain-of-draft",
      prompt: "chain-of-draft/steps",
      slots: { words: String(words) },
      role: planner,
      operators,
    }),
});
