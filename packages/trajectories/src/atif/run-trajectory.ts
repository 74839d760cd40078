import { Budget, shortDigest } from "@aide-ts/core";
import type { Solution } from "@aide-ts/plugin";
import { placeOf } from "../calls/place.ts";
import { describeReport, describeRun } from "../runs/describe.ts";
import type { RecordedRun } from "../runs/recorded-run.ts";
import { numbered, type AtifFinalMetrics, type AtifTrajectory } from "./atif.ts";
import { callTrajectory } from "./call-trajectory.ts";
import { stepTurn, type SearchStep } from "./step-turn.ts";

const notes =
  "The steps here are the search's, which asks no model (llm_call_count 0): what it proposed, and what became of the scripts. Every model call is a trajectory of its own in subagent_trajectories, because its prompt was whole and held no earlier turn.";

/** A run as one trajectory, its model calls as those of subagents. */
export const runTrajectory = (run: RecordedRun): AtifTrajectory => {
  const { name, version, journal, calls, reports } = run;
  const turns = stepsOf(run).map((step) => stepTurn(run, step, callsFor(run, step)));
  const steps = numbered([{ source: "user", message: journal.task.goal }, ...turns]);
  const coder = calls.find(({ role }) => role === "code") ?? calls[0];
  return {
    schema_version: "ATIF-v1.7",
    session_id: name,
    trajectory_id: name,
    agent: { name: "aide", version, ...(coder === undefined ? {} : { model_name: coder.model }) },
    steps,
    notes,
    final_metrics: finalMetrics(run, steps.length),
    extra: { ...describeRun(run), best: journal.best?.id ?? null, ...describeReport(reports.final) },
    ...(calls.length === 0 ? {} : { subagent_trajectories: calls.map((call) => callTrajectory(call, run)) }),
  };
};

/** In the order in which they were asked for, those that were not done too. */
const stepsOf = ({ history: { schedule }, journal }: RecordedRun): readonly SearchStep[] => {
  const outcomes = new Map(journal.outcomes.map((outcome) => [outcome.number, outcome]));
  const proposals = new Map(
    schedule.flatMap((entry) =>
      entry.kind === "asked" && entry.ask.kind === "propose" ? [[entry.number, entry.ask.proposal] as const] : [],
    ),
  );
  return Array.from(proposals, ([number, proposal]) => {
    const outcome = outcomes.get(number);
    const { solutions = [], chosen } = outcome ?? {};
    return { number, proposal, solutions, chosen: chosen?.id, done: outcome !== undefined };
  });
};

/** Those of its strategies, and those of evaluators for a script that it was the first to have judged. */
const callsFor = ({ calls, journal }: RecordedRun, { number, solutions }: SearchStep): readonly string[] => {
  const judgedFirst = solutions.filter((one) => firstWith(one, journal.solutions) === one).map(evaluatorPlace);
  return calls.flatMap(({ place }) =>
    placeOf(place)?.proposal === number || judgedFirst.some((prefix) => place.startsWith(prefix)) ? [place] : [],
  );
};

const firstWith = ({ candidate: { code } }: Solution, solutions: readonly Solution[]): Solution | undefined =>
  solutions.find(({ candidate }) => candidate.code === code);

/** How the places of an evaluator's calls begin, for one script. */
const evaluatorPlace = ({ candidate: { code } }: Solution): string => `evaluate-${shortDigest(code)}-`;

/** By the run's own accounts: calls that failed are in them too. */
const finalMetrics = ({ history }: RecordedRun, steps: number): AtifFinalMetrics => {
  const { prompt, cached, reasoning, answer, lost, executions, executorSeconds } = new Budget(
    {},
    () => undefined,
    history,
  ).spent;
  return {
    total_prompt_tokens: prompt,
    total_completion_tokens: reasoning + answer,
    total_cached_tokens: cached,
    total_steps: steps,
    extra: { reasoning_tokens: reasoning, lost_tokens: lost, executions, executor_seconds: executorSeconds },
  };
};
