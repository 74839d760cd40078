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

  const words = fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom('","request":{', "{", "}", "\\", "−×"));
  const started = fc.record({
    type: fc.constant("effect-started" as const),
    at: fc.oneof(fc.nat(), fc.double({ min: 0, max: 1e9, noNaN: true })),
    place: words,
    kind: fc.constantFrom("generate", "execute", "read", "evaluate", "remaining" as const),
    hash: fc.oneof(fc.stringMatching(/^[0-9a-f]{16}$/), words),
    details: fc.oneof(
      fc.record({ role: words, seed: fc.nat(), model: words, request: fc.record({ content: words }) }),
      fc.record({ code: words }),
      fc.constant({}),
    ),
  });

  const spent = fc.record({
    prompt: fc.nat(),
    cached: fc.nat(),
    reasoning: fc.nat(),
    answer: fc.nat(),
    estimated: fc.boolean(),
  });
  const artifacts = fc.array(fc.oneof(fc.constant("submission/submission.csv"), words));
  const secondsIn = (value: unknown): unknown =>
    typeof value === "object" && value !== null && "seconds" in value ? value.seconds : undefined;
  const ended = fc.record(
    {
      type: fc.constant("effect-ended" as const),
      at: fc.nat(),
      place: words,
      value: fc.oneof(
        words,
        fc.record({ text: words, spent }),
        fc.record({ spent, text: words }),
        fc.record({ id: words, output: words, seconds: fc.double({ min: 0, max: 1e6, noNaN: true }), artifacts }),
        fc.record({ id: words, output: words, seconds: fc.nat(), artifacts, exception: fc.record({ message: words }) }),
        fc.constant({}),
      ),
      spent,
    },
    { requiredKeys: ["type", "at", "place", "value"] },
  );

  it("read briefly, lacks what was asked for, answered and executed, and nothing else", () => {
    const withoutWords = (one: Event): Event => {
      if (one.type === "effect-ended") return { ...one, value: { seconds: secondsIn(one.value) } };
      return one.type !== "effect-started" || one.kind === "remaining"
        ? one
        : { ...one, details: one.kind === "generate" ? { ...one.details, request: null } : {} };
    };
    fc.assert(
      fc.property(fc.array(fc.oneof(started, ended)), (events) => {
        const bytes = Buffer.from(events.map((one) => `${JSON.stringify(one)}\n`).join(""));
        const [brief, whole] = [parseEvents(bytes, "x", { brief: true }), parseEvents(bytes, "x")];
        expect(brief.events.map(withoutWords)).toEqual(whole.events.map(withoutWords));
        expect(brief.goodBytes).toBe(bytes.length);
      }),
    );
    const start = { type: "effect-started", at: 1, place: "0-0" } as const;
    const end = { type: "effect-ended", at: 2, place: "0-0" } as const;
    const spentOnIt = { prompt: 9, cached: 0, reasoning: 0, answer: 4, estimated: false };
    const details = { role: "code", phase: "code", seed: 7, prompt: 10, granted: 20, model: "m" };
    const written: readonly Event[] = [
      { ...start, kind: "generate", hash: "0a", details: { ...details, request: { messages: [] } } },
      { ...start, kind: "execute", hash: "0b", details: { code: "print()" } },
      { ...end, value: { text: "an answer" }, spent: spentOnIt },
      { ...end, value: { id: "x1", fate: "ok", output: "a script", seconds: 2.5, artifacts: ["a.csv"] } },
      { ...end, value: { execution: { seconds: 2 }, evaluation: { valid: true } } },
    ];
    const bytes = Buffer.from(written.map((one) => `${JSON.stringify(one)}\n`).join(""));
    expect(parseEvents(bytes, "x", { brief: true }).events).toEqual([
      { ...start, kind: "generate", hash: "0a", details },
      { ...start, kind: "execute", hash: "0b", details: {} },
      { ...end, value: {}, spent: spentOnIt },
      { ...end, value: { seconds: 2.5 } },
      { ...end, value: { execution: { seconds: 2 }, evaluation: { valid: true } } },
    ]);
  });

  it("refuses a log that is damaged in the middle", () => {
    const file = fresh();
    appendFileSync(file, `${JSON.stringify(event(1))}\nnonsense\n${JSON.stringify(event(2))}\n`);
    expect(() => EventLog.open(file)).toThrow("Line 2");
  });
});
