import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { join } from "node:path";
import { parseEvents, type Event, type ParseOptions } from "@aide-ts/core";

const eventsFile = (logs: string): string => join(logs, "events.jsonl");

/** A run's events as far as they are written; none for a run that was stopped before its first. */
export const readEvents = (logs: string, options: ParseOptions = {}): readonly Event[] => {
  const file = eventsFile(logs);
  return parseEvents(bytesOf(file), file, options).events;
};

/** Holds one log after the other: of many, making room for each takes as long as reading it. */
let room = Buffer.alloc(0);

/**
 * What a file holds, until the next one is read. At once: of many logs, promises for their parts take longer than all that is done with them.
 */
const bytesOf = (file: string): Buffer => {
  const descriptor = openIfThere(file);
  if (descriptor === undefined) return Buffer.alloc(0);
  try {
    const { size } = fstatSync(descriptor);
    if (room.length < size) room = Buffer.allocUnsafe(size);
    let length = 0;
    for (let read = -1; read !== 0 && length < size; length += read)
      read = readSync(descriptor, room, length, size - length, length);
    return room.subarray(0, length);
  } finally {
    closeSync(descriptor);
  }
};

const openIfThere = (file: string): number | undefined => {
  try {
    return openSync(file, "r");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
};
