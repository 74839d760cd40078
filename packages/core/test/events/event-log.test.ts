import { appendFileSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { EventLog, parseEvents, type Event } from "../../src/index.ts";

const fresh = () => join(mkdtempSync(join(tmpdir(), "aide-events-")), "events.jsonl");
const event = (at: number): Event => ({ type: "run-closed", at, reason: "ü".repeat(at % 50) });

describe("the event log", () => {
  it("gives back what was appended", () => {
    const file = fresh();
    const { log } = EventLog.open(file);
    for (let at = 0; at < 100; at++) log.append(event(at));
    expect(EventLog.open(file).events).toEqual(Array.from({ length: 100 }, (_, at) => event(at)));
  });

  it("cut anywhere, gives a prefix of its events and goes on from there", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), fc.nat(), (count, cut) => {
        const events = Array.from({ length: count }, (_, at) => event(at));
        const bytes = Buffer.from(events.map((one) => `${JSON.stringify(one)}\n`).join(""));
        const { events: read, goodBytes } = parseEvents(bytes.subarray(0, cut % (bytes.length + 1)), "x");
        expect(read).toEqual(events.slice(0, read.length));
        expect(goodBytes).toBe(Buffer.byteLength(read.map((one) => `${JSON.stringify(one)}\n`).join("")));
      }),
    );
  });

  it("drops a torn last line before it writes the next", () => {
    const file = fresh();
    EventLog.open(file).log.append(event(1));
    appendFileSync(file, '{"type":"run-clo');
    const { log, events } = EventLog.open(file);
    expect(events).toEqual([event(1)]);
    log.append(event(2));
    expect(readFileSync(file, "utf8")).toBe(`${JSON.stringify(event(1))}\n${JSON.stringify(event(2))}\n`);
  });

  it("refuses a log that is damaged in the middle", () => {
    const file = fresh();
    appendFileSync(file, `${JSON.stringify(event(1))}\nnonsense\n${JSON.stringify(event(2))}\n`);
    expect(() => EventLog.open(file)).toThrow("Line 2");
  });
});
