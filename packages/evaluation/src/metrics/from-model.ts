import { readFileSync } from "node:fs";
import type { GenerateRequest, Message } from "@aide-ts/plugin";
import { z } from "zod";
import { parseAnswer } from "../evaluators/parse-answer.ts";
import { metricNames } from "./library.ts";
import { metricNamed } from "./metric-named.ts";

/** Prompts that are used before a run, while its task is resolved. */
export const taskPrompts = (): Readonly<Record<string, string>> => ({
  "evaluation/metric": readFileSync(new URL("../../prompts/metric.md", import.meta.url), "utf8"),
});

const answer = z.object({ metric: z.string() });

/** Asks a model which metric of the library a text means: one short answer, held to the names where the server can. */
export const metricQuestion = (messages: readonly Message[]): GenerateRequest => ({
  messages,
  schema: {
    type: "object",
    properties: { metric: { enum: [...metricNames, "other"] } },
    required: ["metric"],
  },
  temperature: 0,
  maxTokens: 40,
});

/** The metric that the model named; `undefined` for "other" and for anything that is no metric of the library. */
export const metricFromAnswer = (text: string): string | undefined => {
  const named = answer.safeParse(parseAnswer(text)).data?.metric;
  return named === undefined ? undefined : metricNamed(named)?.name;
};
