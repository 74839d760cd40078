import { extractCandidate, splitReasoning } from "@aide-ts/answer";
import { definePlugin } from "@aide-ts/plugin";
import { z } from "zod";
import { promptFile } from "./prompt-file.ts";
import { loopOptions, reflectionOutcome, reflecting, type Reflect, loopShape } from "./reflection/loop.ts";

const options = z.strictObject({
  ...loopOptions,
  trigger: loopOptions.trigger.default("always"),
  rounds: loopOptions.rounds.default(3),
  accept: loopOptions.accept.default("always"),
  feedbackTemperature: z.number().min(0).max(2).default(0.7).describe("Of the feedback; 0.7 in the paper."),
});

const sentinel = "The script is right as it is.";

/**
 * Self-Refine (Madaan et al. 2023, arXiv 2303.17651): the model gives itself feedback and rewrites its script by it, remembering all feedback so far,
 * until it has none. As in the paper the last version stands, whatever became of it, unless `accept` says otherwise; beyond the paper, the model sees
 * the result of the script when it gives feedback.
 */
export const selfRefine = definePlugin({
  kind: "strategy",
  name: "self-refine",
  summary: "Feedback by the model itself and a rewrite, until it has none.",
  options,
  needs: () => [],
  shape: (chosen) => loopShape(chosen, 2, ["code"]),
  prompts: { "self-refine/feedback": promptFile("self-feedback"), "self-refine/refine": promptFile("self-refine") },
  create: (chosen) => reflecting(chosen, () => refining(chosen.feedbackTemperature)),
});

const refining = (temperature: number): Reflect => {
  const earlier: string[] = [];
  return async (before, work) => {
    const { code, plan } = before.candidate;
    const shown = { code: code.trimEnd(), result: before.evaluation.feedback, earlier: listed(earlier) };
    // A small model likes to take a way out that it is offered.
    const wayOut = before.evaluation.valid ? sentinel : "";
    const review = await work.generate(
      { messages: work.prompt("self-refine/feedback", { ...shown, sentinel: wayOut }), temperature },
      { phase: "critique" },
    );
    const feedback = splitReasoning(review.text).text.trim();
    if (feedback === "") return { outcome: "no-critique" };
    if (feedback.toLowerCase().includes(sentinel.toLowerCase())) return { outcome: "declined" };
    const messages = work.prompt("self-refine/refine", { ...shown, feedback });
    const answer = await work.generate({ messages }, { phase: "edit" });
    earlier.push(feedback);
    const refined = extractCandidate(answer.text, answer.finish);
    if (refined.code === "") return { outcome: "unparsable" };
    if (refined.code === code) return { outcome: "no-op" };
    const after = await work.evaluate({ plan, code: refined.code, from: before.id });
    return { solution: after, outcome: reflectionOutcome(before, after) };
  };
};

const listed = (feedback: readonly string[]): string =>
  feedback.map((text, at) => `## Round ${at + 1}\n\n${text}`).join("\n\n");
