import { journalOf, type Event, type Journal, type ParseOptions } from "@aide-ts/core";
import { readEvents } from "./read-events.ts";
import { readRecord, taskIn, type RunRecord } from "./record.ts";

export interface ReadRun {
  readonly record: RunRecord;
  readonly journal: Journal;
  readonly events: readonly Event[];
  readonly ended: boolean;
}

/** What a run has come to, from its log alone: also of one that was killed, or works just now. */
export const readRun = async (logs: string, options: ParseOptions = {}): Promise<ReadRun> => {
  const record = await readRecord(logs);
  const events = readEvents(logs, options);
  return { record, journal: journalOf(events, taskIn(record)), events, ended: events.at(-1)?.type === "run-closed" };
};
