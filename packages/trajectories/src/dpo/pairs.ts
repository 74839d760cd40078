import type { Message } from "@aide-ts/plugin";
import { answerTurn, describePrefill, type ChatMessage } from "../calls/chat.ts";
import { holdsScript } from "../calls/model-call.ts";
import { describeRun, describeScores } from "../runs/describe.ts";
import type { RecordedRun } from "../runs/recorded-run.ts";
import { alikeAnswers, type Answered } from "./answered.ts";
import { compare, type Comparison } from "./outcome.ts";

/** A line of `dpo`: two answers to one prompt, of which one did clearly better. */
export interface DpoPair {
  readonly prompt: readonly Message[];
  readonly chosen: readonly [ChatMessage];
  readonly rejected: readonly [ChatMessage];
  readonly metadata: ReturnType<typeof describePair>;
}

export interface DpoPairs {
  readonly pairs: readonly DpoPair[];
  /** Why further answers to one prompt make no pair, and how often. */
  readonly leftOut: ReadonlyMap<LeftOut, number>;
}

/** `not-verbatim`: what did better was another script than the answer holds, as one that a strategy had repaired. */
export type LeftOut = Exclude<Comparison["kind"], "better"> | "not-verbatim";

/**
 * All pairs of answers of one run that were given by one model in one role to the very same prompt, on the way to solutions of the same parent, and of
 * which one did clearly better: valid where the other failed, or with a better search score. The better one holds the script that ran, word for word.
 */
export const dpoPairs = (run: RecordedRun): DpoPairs => {
  const pairs: DpoPair[] = [];
  const leftOut = new Map<LeftOut, number>();
  for (const group of alikeAnswers(run))
    for (const [at, one] of group.entries())
      for (const other of group.slice(at + 1)) {
        const made = paired(run, one, other);
        if (typeof made === "string") leftOut.set(made, (leftOut.get(made) ?? 0) + 1);
        else pairs.push(made);
      }
  return { pairs, leftOut };
};

const paired = (run: RecordedRun, one: Answered, other: Answered): DpoPair | LeftOut => {
  const compared = compare(run.journal.task, one.solution, other.solution);
  if (compared.kind !== "better") return compared.kind;
  const [chosen, rejected] = compared.first ? [one, other] : [other, one];
  return holdsScript(chosen.call, chosen.solution.candidate.code)
    ? pairOf(run, [chosen, rejected], compared)
    : "not-verbatim";
};

type Better = Extract<Comparison, { readonly kind: "better" }>;
type Pair = readonly [chosen: Answered, rejected: Answered];

const pairOf = (run: RecordedRun, pair: Pair, better: Better): DpoPair => {
  const [chosen, rejected] = pair;
  return {
    prompt: chosen.call.messages,
    chosen: [answerTurn(chosen.call)],
    rejected: [answerTurn(rejected.call)],
    metadata: describePair(run, pair, better),
  };
};

const describePair = (run: RecordedRun, [chosen, rejected]: Pair, { reason, margin }: Better) => ({
  ...describeRun(run),
  parent: chosen.solution.parents[0] ?? null,
  role: chosen.call.role,
  phase: chosen.call.phase,
  model: chosen.call.model,
  prompt_digest: chosen.call.promptDigest,
  prefill: describePrefill(chosen.call),
  reason,
  margin,
  chosen: describeAnswer(run, chosen),
  rejected: describeAnswer(run, rejected),
});

const describeAnswer = (run: RecordedRun, { call, solution }: Answered) => ({
  node: solution.id,
  call: call.place,
  finish: call.finish,
  cause: solution.evaluation.valid ? null : solution.evaluation.cause,
  ...describeScores(solution, run),
  tokens: call.usage,
});
