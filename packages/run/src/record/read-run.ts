import { journalOf, type Event, type Journal } from "@aide-ts/core";
import { readEvents } from "./read-events.ts";
import { readRecord, taskIn } from "./record.ts";

export interface ReadRun {
  readonly journal: Journal;
  readonly events: readonly Event[];
  readonly ended: boolean;
}

/** What a run has come to, from its log alone: also of one that was killed, or works just now. */
export const readRun = async (logs: string): Promise<ReadRun> => {
  const task = taskIn(await readRecord(logs));
  const events = await readEvents(logs);
  return { journal: journalOf(events, task), events, ended: events.at(-1)?.type === "run-closed" };
};
