import { isBetter, type Json, type Outcome, type Solution, type Task } from "@aide-ts/plugin";
import { comparePlaces } from "./place.ts";
import type { ProposalState } from "./proposal-state.ts";

/** What a proposal came to, its solutions and notes in the order of their places. */
export const outcomeOf = (number: number, state: ProposalState, end: Pick<Outcome, "chosen" | "cut">): Outcome => {
  const notes: Record<string, Json[]> = {};
  for (const { plugin, data } of [...state.notes].sort((a, b) => comparePlaces(a.place, b.place)))
    (notes[plugin] ??= []).push(data);
  const solutions = [...state.solutions.values()].sort((a, b) => comparePlaces(a.id, b.id));
  return { number, proposal: state.proposal, solutions, ...end, notes };
};

/** The best of several solutions; of several equally good ones the one whose place is first. */
export const bestOf = (task: Task, solutions: readonly Solution[]): Solution | undefined =>
  [...solutions]
    .sort((a, b) => comparePlaces(a.id, b.id))
    .reduce<Solution | undefined>(
      (kept, next) => (kept === undefined || isBetter(task, next, kept) ? next : kept),
      undefined,
    );
