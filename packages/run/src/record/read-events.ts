import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseEvents, type Event, type ParseOptions } from "@aide-ts/core";

const eventsFile = (logs: string): string => join(logs, "events.jsonl");

/** A run's events as far as they are written; none for a run that was stopped before its first. */
export const readEvents = (logs: string, options: ParseOptions = {}): readonly Event[] => {
  const file = eventsFile(logs);
  return parseEvents(bytesOf(file), file, options).events;
};

/** At once: of many logs, promises for their parts take longer than all that is done with them. */
const bytesOf = (file: string): Buffer => {
  try {
    return readFileSync(file);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return Buffer.alloc(0);
    throw error;
  }
};
