import { readFileSync } from "node:fs";
import { AideError } from "@aide-ts/plugin";
import { play, sketchChains, sketchUct } from "@aide-ts/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { eventsBefore, historyOf, journalOf, parseEvents, withoutOpen } from "../../src/index.ts";
import { fuzzRuns } from "../../../../tools/vitest/fuzz-runs.ts";

const whole = await play({
  strategies: sketchChains["self-consistency(reflection)"]!,
  search: () => sketchUct(),
  slots: 3,
  limits: { steps: 3 },
});
const bytes = readFileSync(whole.file);
const lines = bytes.toString().trimEnd().split("\n");

/** Reads a log as every command does; all that may be thrown is the typed refusal. */
const read = (log: Buffer): boolean => {
  try {
    const { events, goodBytes } = parseEvents(log, "events.jsonl");
    expect(goodBytes).toBeLessThanOrEqual(log.length);
    historyOf(events);
    journalOf(events, whole.journal.task);
    withoutOpen(events);
    eventsBefore(events, "1-0");
    return true;
  } catch (error) {
    if (!AideError.is(error)) throw error;
    expect(error.code).toBe("AIDE_EVENTS_DAMAGED");
    return false;
  }
};

describe("a log that is not as it was written", () => {
  it("is read or refused when bytes of it are others", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { maxLength: 5 }),
        fc.nat(bytes.length),
        (changes, length) => {
          const damaged = Buffer.from(bytes.subarray(0, length));
          for (const [at, value] of changes) if (at < damaged.length) damaged[at] = value;
          expect(read(damaged)).toBeTypeOf("boolean");
        },
      ),
      { numRuns: fuzzRuns(2000) },
    );
  });

  it("is read or refused when lines are missing, doubled or in another order", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(lines.length - 1), { maxLength: 40 }), (picked) => {
        expect(read(Buffer.from(picked.map((at) => `${lines[at]}\n`).join("")))).toBeTypeOf("boolean");
      }),
      { numRuns: fuzzRuns(2000) },
    );
  });

  it("is read or refused when its events hold other values", () => {
    fc.assert(
      fc.property(fc.nat(lines.length - 1), fc.string(), fc.jsonValue(), (at, key, value) => {
        const event: Record<string, unknown> = JSON.parse(lines[at]!);
        const keys = [...Object.keys(event), key];
        const changed = { ...event, [keys[at % keys.length]!]: value };
        expect(read(Buffer.from(`${lines.with(at, JSON.stringify(changed)).join("\n")}\n`))).toBeTypeOf("boolean");
      }),
      { numRuns: fuzzRuns(2000) },
    );
  });

  it("is read or refused when it is anything at all", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (any) => {
        expect(read(Buffer.from(any))).toBeTypeOf("boolean");
      }),
      { numRuns: fuzzRuns(2000) },
    );
  });
});
