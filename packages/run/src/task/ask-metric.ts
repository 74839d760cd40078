import { PromptTemplate, sleep, withoutSchema, withRetries, type Config } from "@aide-ts/core";
import { metricFromAnswer, metricQuestion, metrics } from "@aide-ts/evaluation";
import type { Backend } from "@aide-ts/plugin";
import type { AskMetric } from "./prepared-task.ts";

/**
 * Has a model say which metric the user's words mean: one short call before the run, made once, its answer kept in `run.json`. `undefined` where
 * it names none of the library, so that the usual one for the target is taken.
 */
export const askMetric =
  (
    backend: () => Backend,
    prompt: string,
    { seed, retries }: Pick<Config, "seed" | "retries">,
    signal: AbortSignal,
  ): AskMetric =>
  async ({ goal, evaluation }) => {
    const messages = new PromptTemplate("evaluation/metric", prompt).render({
      goal,
      evaluation,
      metrics: metrics.map(({ name, direction }) => `${name} (${direction})`).join(", "),
    });
    const { has } = await backend().capabilities(signal);
    const question = metricQuestion(messages);
    const request = has.includes("jsonSchema") ? question : withoutSchema(question);
    const call = { seed, grantedTokens: question.maxTokens ?? 0, signal };
    const { text } = await withRetries(() => backend().generate(request, call), { retries, sleep, signal });
    const metric = metricFromAnswer(text);
    return metric === undefined ? undefined : { metric, because: "a model understood the evaluation text so" };
  };
