import { Journal, type Event } from "@aide-ts/core";
import type { ReadRun } from "@aide-ts/run/record";
import { addTokens, noTokens, type Tokens } from "./tokens.ts";

/** Where a run stood when a step was complete. */
export interface Point {
  readonly step: number;
  readonly tokens: Tokens;
  /** The solution that would have been submitted then; none while none is valid. */
  readonly chosen: string | undefined;
}

/** A run's course, step by step, as its log has it. */
export const courseOf = ({ journal, events }: Pick<ReadRun, "journal" | "events">): readonly Point[] => {
  const outcomes = new Map(journal.outcomes.map((outcome) => [outcome.number, outcome]));
  const points: Point[] = [];
  let tokens = noTokens;
  const soFar = new Journal(journal.task);
  for (const event of events) {
    tokens = addTokens(tokens, spentIn(event));
    if (event.type !== "told") continue;
    const outcome = outcomes.get(event.number);
    if (outcome !== undefined) soFar.close(outcome);
    points.push({ step: points.length + 1, tokens, chosen: soFar.best?.id });
  }
  return points;
};

const spentIn = (event: Event): Tokens => ("spent" in event ? (event.spent ?? noTokens) : noTokens);
