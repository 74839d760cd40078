import { billedTokens, shortDigest, type Event, type Journal } from "@aide-ts/core";
import type { Execution, Outcome, Solution } from "@aide-ts/plugin";
import type { Pool, PoolNode } from "./pool-file.ts";
import { shareSubmissions } from "./submissions.ts";
import { poolEmpty, tasksDiffer } from "../errors.ts";

/** A run that has ended, as a pool takes it. */
export interface FinishedRun {
  readonly name: string;
  readonly model: string;
  readonly seed: number;
  /** Hash of all that decided what the run did. */
  readonly config: string;
  /** Names the rows that scripts predicted: equal where runs held back the same ones. */
  readonly rows: string;
  readonly journal: Journal;
  readonly events: readonly Event[];
  /** Whether proposal 0 is a script that the user brought: no draft of the model. */
  readonly isGiven: boolean;
  /** What the execution of a valid solution submitted, as CSV; `undefined` where that is gone. */
  readonly submissionOf: (execution: Execution) => string | undefined;
}

/**
 * Freezes what runs of one task found: every solution with what made it, what became of it, what it cost and what it submitted. A solution that a
 * strategy made from another one of the same proposal counts as a repair of it where that had failed, else as an improvement. Submissions are kept where
 * all runs predicted the same rows: of different rows agreement says nothing.
 * @throws AIDE_POOL_TASKS for runs of different tasks, AIDE_POOL_EMPTY where they have no solution.
 */
export const freeze = (runs: readonly FinishedRun[]): Pool => {
  const [first, ...others] = runs;
  const other = others.find(({ journal: { task } }) => taskText(task) !== taskText(first?.journal.task));
  if (other !== undefined) throw tasksDiffer(first?.name ?? "", other.name);
  const nodes = runs.flatMap(nodesOf);
  if (first === undefined || nodes.length === 0) throw poolEmpty();
  const sameRows = runs.every(({ rows }) => rows === first.rows);
  const { layout, predictions } = shareSubmissions(new Map(sameRows ? runs.flatMap(submissionsOf) : []));
  const { goal, metric, direction } = first.journal.task;
  return {
    format: "aide-pool",
    version: 1,
    task: { goal, metric, direction },
    runs: runs.map(({ name, model, seed, config }) => ({ name, model, seed, config })),
    ...(layout === undefined ? {} : { submission: layout }),
    nodes: nodes.map((node) => {
      const submitted = predictions.get(node.id);
      return submitted === undefined ? node : { ...node, predictions: submitted };
    }),
  };
};

const taskText = (task: Journal["task"] | undefined): string =>
  JSON.stringify([task?.goal, task?.metric, task?.direction]);

const nodesOf = ({ journal, events, isGiven }: FinishedRun, run: number): readonly PoolNode[] => {
  const spent = tokensOf(events);
  const known = new Map(journal.solutions.map((solution) => [solution.id, solution]));
  return journal.outcomes.flatMap((outcome) =>
    outcome.solutions.map((solution) => ({
      id: nodeId(run, solution.id),
      operator: isGiven && outcome.number === 0 ? "given" : operatorOf(solution, outcome, known),
      parents: solution.parents.map((parent) => nodeId(run, parent)),
      seen: seenOf(solution),
      tokens: Math.round((spent.get(outcome.number) ?? 0) / outcome.solutions.length),
      seconds: solution.execution?.seconds ?? 0,
      code: solution.candidate.code === "" ? "" : shortDigest(solution.candidate.code),
    })),
  );
};

const nodeId = (run: number, solution: string): string => `${run}/${solution}`;

const operatorOf = (
  { parents }: Solution,
  { proposal }: Outcome,
  known: ReadonlyMap<string, Solution>,
): PoolNode["operator"] => {
  const [parent] = parents;
  if (parent === undefined || parent === proposal.parents[0]) return proposal.operator;
  return known.get(parent)?.evaluation.valid === true ? "improve" : "debug";
};

const seenOf = ({ evaluation }: Solution): PoolNode["seen"] =>
  evaluation.valid ? { valid: true, score: evaluation.score.value } : { valid: false, cause: evaluation.cause };

/** Billed tokens by proposal. Work that was discarded and done anew counts once. */
const tokensOf = (events: readonly Event[]): ReadonlyMap<number, number> => {
  const tokens = new Map<number, number>();
  for (const event of events) {
    if (event.type === "discarded") for (const number of event.proposals) tokens.delete(number);
    if (!("spent" in event) || event.spent === undefined) continue;
    const number = Number.parseInt(event.place, 10);
    tokens.set(number, (tokens.get(number) ?? 0) + billedTokens(event.spent));
  }
  return tokens;
};

const submissionsOf = ({ journal, submissionOf }: FinishedRun, run: number): readonly (readonly [string, string])[] =>
  journal.solutions.flatMap(({ id, evaluation, execution }) => {
    const csv = evaluation.valid && execution !== undefined ? submissionOf(execution) : undefined;
    return csv === undefined ? [] : [[nodeId(run, id), csv]];
  });
