import type { Candidate, Outcome, Proposal, Solution, Task } from "@aide-ts/plugin";
import { z } from "zod";
import type { Judged } from "../engine/evaluate.ts";
import { withoutCode } from "../engine/feedback.ts";
import { evaluationPlace } from "../engine/place.ts";
import type { Event, LoggedOutcome } from "../events/event.ts";
import { shortDigest } from "../hashing/digest.ts";
import { Journal } from "./journal.ts";

/** The journal of a run as far as its log goes, read and not run: also of one that was killed, or works just now. */
export const journalOf = (events: readonly Event[], task: Task): Journal => {
  const journal = new Journal(task);
  const proposals = new Map<number, Proposal>();
  const judged = new Map<string, Judged>();
  for (const event of events) {
    if (event.type === "asked" && event.ask.kind === "propose") proposals.set(event.number, event.ask.proposal);
    // The value of an `evaluate` effect is what `Evaluations` logged.
    if (event.type === "effect-ended" && event.place.startsWith(evaluationPlace("")) && isJudged(event.value))
      judged.set(event.place, event.value);
    const proposal = event.type === "told" ? proposals.get(event.number) : undefined;
    if (event.type === "told" && proposal !== undefined)
      journal.close(outcomeFromLog(event.number, proposal, event.outcome, judged));
  }
  return journal;
};

const judgedSchema = z.looseObject({
  execution: z.looseObject({ output: z.string(), seconds: z.number() }),
  evaluation: z.discriminatedUnion("valid", [
    z.looseObject({
      valid: z.literal(true),
      score: z.looseObject({ value: z.number() }),
      scores: z.array(z.unknown()),
      feedback: z.string(),
    }),
    z.looseObject({ valid: z.literal(false), cause: z.string(), scores: z.array(z.unknown()), feedback: z.string() }),
  ]),
});

const isJudged = (value: unknown): value is Judged => judgedSchema.safeParse(value).success;

const outcomeFromLog = (
  number: number,
  proposal: Proposal,
  { chosen, solutions: logged }: LoggedOutcome,
  judged: ReadonlyMap<string, Judged>,
): Outcome => {
  const solutions = logged.flatMap(({ id, parents, code, plan, defect, seen }): readonly Solution[] => {
    const candidate: Candidate = {
      plan,
      code,
      ...(defect === undefined ? {} : { defect }),
      ...(seen === undefined ? {} : { seen }),
      evaluatedAs: id,
    };
    const known = code === "" ? { evaluation: withoutCode(candidate) } : judged.get(evaluationPlace(shortDigest(code)));
    return known === undefined ? [] : [{ id, proposal: number, parents, candidate, ...known }];
  });
  const best = solutions.find(({ id }) => id === chosen);
  return { number, proposal, solutions, notes: {}, ...(best === undefined ? {} : { chosen: best }) };
};
