import type { Solution, Task } from "@aide-ts/plugin";

/** AIDE's journal, version 2, as its own reader takes it. */
export interface AideJournal {
  readonly nodes: readonly AideNode[];
  readonly node2parent: Readonly<Record<string, string>>;
  readonly __version: "2";
}

export interface AideNode {
  readonly code: string;
  readonly plan: string;
  readonly step: number;
  readonly id: string;
  readonly ctime: number;
  readonly parent: null;
  readonly children: readonly never[];
  readonly _term_out: readonly string[];
  readonly exec_time: number;
  readonly exc_type: string | null;
  readonly exc_info: { readonly args: readonly string[] } | null;
  readonly exc_stack: readonly (readonly [string, number, string, string])[] | null;
  readonly analysis: string;
  readonly metric: { readonly value: number | null; readonly maximize: boolean | null };
  readonly is_buggy: boolean;
}

/** `startedAt`: when the run began, in seconds since 1970; AIDE's nodes carry a time, our solutions do not, so all carry the run's. */
export const aideJournal = (task: Task, solutions: readonly Solution[], startedAt: number): AideJournal => ({
  nodes: solutions.map((solution, step) => nodeOf(task, solution, step, startedAt)),
  node2parent: Object.fromEntries(
    solutions.flatMap(({ id, parents: [parent] }) => (parent === undefined ? [] : [[id, parent]])),
  ),
  __version: "2",
});

const nodeOf = (
  task: Task,
  { id, candidate, execution, evaluation }: Solution,
  step: number,
  startedAt: number,
): AideNode => {
  const exception = execution?.exception;
  return {
    code: candidate.code,
    plan: candidate.plan,
    step,
    id,
    ctime: startedAt,
    parent: null,
    children: [],
    _term_out: [execution?.output ?? ""],
    exec_time: execution?.seconds ?? 0,
    exc_type: exception?.type ?? null,
    exc_info: exception === undefined ? null : { args: [exception.message] },
    exc_stack:
      exception === undefined
        ? null
        : exception.frames.map((frame) => [frame.file, frame.line, frame.function, frame.source] as const),
    analysis: evaluation.feedback,
    metric: evaluation.valid
      ? { value: evaluation.score.value, maximize: task.direction === "maximize" }
      : { value: null, maximize: null },
    is_buggy: !evaluation.valid,
  };
};
