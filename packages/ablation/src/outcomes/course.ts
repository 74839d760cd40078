import type { Event } from "@aide-ts/core";
import { isBetter, type Solution } from "@aide-ts/plugin";
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
  let best: Solution | undefined;
  for (const event of events) {
    tokens = addTokens(tokens, spentIn(event));
    if (event.type !== "told") continue;
    const chosen = outcomes.get(event.number)?.chosen;
    if (chosen?.evaluation.valid === true && (best === undefined || isBetter(journal.task, chosen, best)))
      best = chosen;
    points.push({ step: points.length + 1, tokens, chosen: best?.id });
  }
  return points;
};

const spentIn = (event: Event): Tokens => ("spent" in event ? (event.spent ?? noTokens) : noTokens);
