import { join } from "node:path";
import { historyOf, journalOf, type Event, type History, type Journal } from "@aide-ts/core";
import type { Solution, Task } from "@aide-ts/plugin";
import { readRun, taskNameIn, type FoundRun } from "@aide-ts/run/record";
import { z } from "zod";
import { callsIn, type ModelCall } from "../calls/model-call.ts";
import { CallsBehind } from "../calls/calls-behind.ts";
import { Timeline } from "../calls/timeline.ts";
import { readBeside } from "./read-beside.ts";
import { readReportScores, type ReportScores } from "./report-scores.ts";

/** What is known of a run beside its log. */
export interface RunFacts extends FoundRun {
  readonly version: string;
  /** The name of a task with report labels, or of a competition; none of a run on a folder of data. */
  readonly task: string | undefined;
  /** Of a cell of an ablation. */
  readonly arm: string | undefined;
  readonly seed: number;
  readonly ended: boolean;
  readonly reports: ReportScores;
}

/** A run as far as its log goes, with the calls behind its solutions. */
export interface RecordedRun extends RunFacts {
  readonly journal: Journal;
  readonly history: History;
  readonly calls: readonly ModelCall[];
  readonly callsBehind: (solution: Solution) => readonly ModelCall[];
}

/** @throws AIDE_TRAJECTORY_PROMPT */
export const recordedRun = (facts: RunFacts, events: readonly Event[], task: Task): RecordedRun => {
  const journal = journalOf(events, task);
  const history = historyOf(events);
  const calls = callsIn(history, facts.folder);
  const behind = new CallsBehind(new Timeline(history), calls, journal.solutions);
  return { ...facts, journal, history, calls, callsBehind: (solution) => behind.of(solution) };
};

const cell = z.looseObject({ arm: z.string() });

/** @throws AIDE_RUN_UNREADABLE, AIDE_EVENTS_DAMAGED, AIDE_TRAJECTORY_PROMPT, AIDE_TRAJECTORY_FILE */
export const readRecordedRun = async ({ name, folder }: FoundRun): Promise<RecordedRun> => {
  const { record, events, ended, journal } = await readRun(folder);
  const { version, seed } = record;
  const facts = {
    name,
    folder,
    version,
    seed,
    ended,
    task: taskNameIn(record),
    arm: (await readBeside(join(folder, "cell.json"), cell))?.arm,
    reports: await readReportScores(folder),
  };
  return recordedRun(facts, events, journal.task);
};
