import type { Journal } from "@aide-ts/core";
import type { Solution } from "@aide-ts/plugin";
import { holdsScript, type ModelCall } from "../calls/model-call.ts";
import { describeRun, describeScores } from "../runs/describe.ts";
import type { RecordedRun } from "../runs/recorded-run.ts";
import { answerTurn, describePrefill, type ChatMessage } from "../calls/chat.ts";

/** A line of `sft`. */
export interface SftExample {
  /** As they were sent, the answer last. */
  readonly messages: readonly ChatMessage[];
  readonly metadata: ReturnType<typeof describeExample>;
}

/**
 * One for each call that led to a valid solution on the path from the root to the best one. A thought that was only paused is no answer: it begins
 * the answer of the call that went on from it.
 */
export const sftExamples = (run: RecordedRun): readonly SftExample[] =>
  pathToBest(run.journal).flatMap((solution) =>
    solution.evaluation.valid
      ? run
          .callsBehind(solution)
          .flatMap((call) => (call.finish === "thought-end" ? [] : [example(run, solution, call)]))
      : [],
  );

/** The solutions from a root of the tree to the best one that was chosen, by their first parents; none where nothing is valid. */
const pathToBest = ({ best, solutions }: Journal): readonly Solution[] => {
  const byId = new Map(solutions.map((solution) => [solution.id, solution]));
  const path = new Set<Solution>();
  for (let at = best; at !== undefined && !path.has(at); at = byId.get(at.parents[0] ?? "")) path.add(at);
  return [...path].toReversed();
};

const example = (run: RecordedRun, solution: Solution, call: ModelCall): SftExample => ({
  messages: [...call.messages, answerTurn(call)],
  metadata: describeExample(run, solution, call),
});

const describeExample = (run: RecordedRun, solution: Solution, call: ModelCall) => ({
  ...describeRun(run),
  node: solution.id,
  parent: solution.parents[0] ?? null,
  operator: operatorOf(run, solution),
  call: call.place,
  role: call.role,
  phase: call.phase,
  model: call.model,
  finish: call.finish,
  prefill: describePrefill(call),
  /** Not so of plans, critiques and patches, and where a strategy changed the script before it ran. */
  holds_script: holdsScript(call, solution.candidate.code),
  ...describeScores(solution, run),
  tokens: call.usage,
});

const operatorOf = ({ journal }: RecordedRun, { proposal }: Solution): string | null =>
  journal.outcomes.find(({ number }) => number === proposal)?.proposal.operator ?? null;
