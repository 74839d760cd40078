import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseEvents, type Event } from "@aide-ts/core";

/** The path of a log that does not exist yet, in a new temporary folder. */
export const freshLog = (): string => join(mkdtempSync(join(tmpdir(), "aide-stage-")), "events.jsonl");

export const eventsIn = (file: string): readonly Event[] => parseEvents(readFileSync(file), file).events;

export const linesOf = (file: string): readonly string[] => readFileSync(file, "utf8").trimEnd().split("\n");

/** A log as a kill leaves it: the first `lines`, then part of the next one. */
export const cutLog = (file: string, lines: number, torn = ""): string => {
  const copy = freshLog();
  writeFileSync(
    copy,
    `${linesOf(file)
      .slice(0, lines)
      .map((line) => `${line}\n`)
      .join("")}${torn}`,
  );
  return copy;
};

/**
 * A log in a form that must be equal whatever the delays were: asks and tells in their order, and each effect with its end under its place.
 * Effects of different places may interleave as they like.
 */
export const orderedLog = (file: string): string => {
  const turns: string[] = [];
  const effects = new Map<string, string[]>();
  for (const { at: _at, ...event } of eventsIn(file)) {
    if ("place" in event) effects.set(event.place, [...(effects.get(event.place) ?? []), JSON.stringify(event)]);
    else if (event.type === "asked" || event.type === "told" || event.type === "hinted")
      turns.push(JSON.stringify(event));
  }
  return JSON.stringify({ turns, effects: [...effects].sort(([a], [b]) => (a < b ? -1 : 1)) });
};
