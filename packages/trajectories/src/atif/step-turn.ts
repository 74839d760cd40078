import type { Proposal, Solution } from "@aide-ts/plugin";
import { describeScores } from "../runs/describe.ts";
import type { RecordedRun } from "../runs/recorded-run.ts";
import type { AtifAgentTurn, AtifResult, AtifToolCall } from "./atif.ts";

/** A step of the search: what it asked for, the calls that were made for it, and the scripts that were run. */
export interface SearchStep {
  readonly number: number;
  readonly proposal: Proposal;
  readonly solutions: readonly Solution[];
  readonly chosen: string | undefined;
  /** False for one that a run had not come to the end of. */
  readonly done: boolean;
}

/** @param calls places of the calls that were made for the step */
export const stepTurn = (run: RecordedRun, step: SearchStep, calls: readonly string[]): AtifAgentTurn => {
  const { number, proposal, solutions, done } = step;
  const { operator, parents, memory, guidance } = proposal;
  const asked = `propose-${number}`;
  return {
    source: "agent",
    message: [operator, ...parents].join(" "),
    tool_calls: [
      {
        tool_call_id: asked,
        function_name: "propose",
        arguments: {
          operator,
          parents,
          memory,
          guidance: guidance.map(({ from, title, text }) => ({ from, title, text })),
        },
      },
      ...solutions.flatMap(runCall),
    ],
    observation: {
      results: [
        {
          source_call_id: asked,
          ...(calls.length === 0 ? {} : { subagent_trajectory_ref: calls.map((trajectory_id) => ({ trajectory_id })) }),
        },
        ...solutions.map((solution) => verdict(run, step, solution)),
      ],
    },
    llm_call_count: 0,
    extra: { step: number, done },
  };
};

/** An answer without code was not run. */
const runCall = ({ id, candidate: { code } }: Solution): readonly AtifToolCall[] =>
  code === "" ? [] : [{ tool_call_id: id, function_name: "run", arguments: { code } }];

const verdict = (run: RecordedRun, { chosen }: SearchStep, solution: Solution): AtifResult => {
  const { id, parents, candidate, evaluation, execution } = solution;
  return {
    ...(candidate.code === "" ? {} : { source_call_id: id }),
    content: evaluation.feedback,
    extra: {
      node: id,
      parents,
      chosen: id === chosen,
      valid: evaluation.valid,
      cause: evaluation.valid ? null : evaluation.cause,
      seconds: execution?.seconds ?? null,
      ...describeScores(solution, run),
    },
  };
};
