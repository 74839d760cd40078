import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseEvents, type Event } from "@aide-ts/core";

const eventsFile = (logs: string): string => join(logs, "events.jsonl");

/** A run's events as far as they are written; none for a run that was stopped before its first. */
export const readEvents = async (logs: string): Promise<readonly Event[]> => {
  const file = eventsFile(logs);
  const bytes = await readFile(file).catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return Buffer.alloc(0);
    throw error;
  });
  return parseEvents(bytes, file).events;
};
