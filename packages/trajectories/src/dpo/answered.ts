import type { Solution } from "@aide-ts/plugin";
import { answerOf, holdsScript, type ModelCall } from "../calls/model-call.ts";
import type { RecordedRun } from "../runs/recorded-run.ts";

/** An answer, and the one solution that came of it. */
export interface Answered {
  readonly call: ModelCall;
  readonly solution: Solution;
}

/**
 * The answers of a run that became solutions, in groups: of one parent, one model in one role, and the very same prompt. Of the same answers in a
 * group the first stands for all.
 */
export const alikeAnswers = (run: RecordedRun): readonly (readonly Answered[])[] => {
  const answered = run.journal.solutions.flatMap((solution): readonly Answered[] => {
    const call = writerOf(solution, run.callsBehind(solution));
    return call === undefined ? [] : [{ call, solution }];
  });
  const byCall = Map.groupBy(answered, ({ call }) => call.place);
  const once = answered.filter(({ call }) => byCall.get(call.place)?.length === 1);
  return [...Map.groupBy(once, asked).values()].map(withoutRepetitions);
};

/** The call whose answer became the solution: the only one behind it, or the only one of several whose answer holds the script. */
const writerOf = ({ candidate: { code } }: Solution, calls: readonly ModelCall[]): ModelCall | undefined => {
  const writers = calls.length === 1 ? calls : calls.filter((call) => holdsScript(call, code));
  return writers.length === 1 && writers[0]?.finish !== "thought-end" ? writers[0] : undefined;
};

const asked = ({ call: { promptDigest, model, role }, solution: { parents } }: Answered): string =>
  JSON.stringify([parents[0] ?? null, promptDigest, model, role]);

const withoutRepetitions = (group: readonly Answered[]): readonly Answered[] => {
  const seen = new Set<string>();
  return group.filter(({ call }) => {
    const { size } = seen;
    return seen.add(JSON.stringify(answerOf(call))).size > size;
  });
};
