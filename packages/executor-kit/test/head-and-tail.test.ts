import { array, assert, integer, property, string, uint8Array } from "fast-check";
import { describe, expect, it } from "vitest";
import { HeadAndTail } from "../src/output/head-and-tail.ts";

const bytes = uint8Array({ maxLength: 400 });

describe("HeadAndTail", () => {
  it("keeps first and last bytes within its limit, however the stream is cut", () => {
    assert(
      property(array(bytes, { maxLength: 12 }), integer({ min: 1, max: 300 }), (chunks, limit) => {
        const kept = new HeadAndTail(limit);
        for (const chunk of chunks) kept.push(chunk);
        const all = Buffer.concat(chunks);
        const whole = new HeadAndTail(limit);
        whole.push(all);
        const { head, omitted, tail } = kept.bytes();

        expect(head.length + tail.length).toBe(Math.min(limit, all.length));
        expect(head.length + omitted + tail.length).toBe(all.length);
        expect(Buffer.from(head).equals(all.subarray(0, head.length))).toBe(true);
        expect(Buffer.from(tail).equals(all.subarray(all.length - tail.length))).toBe(true);
        expect(kept.text()).toBe(whole.text());
      }),
      { numRuns: 500 },
    );
  });

  it("gives text that fits as it was", () => {
    assert(
      property(string({ unit: "grapheme" }), (text) => {
        const kept = new HeadAndTail(10_000);
        kept.push(Buffer.from(text));
        expect(kept.text()).toBe(text.toWellFormed());
      }),
    );
  });

  it("cuts no character in two and says how much is missing", () => {
    for (let limit = 8; limit < 24; limit++) {
      const kept = new HeadAndTail(limit);
      kept.push(Buffer.from("a😀é漢".repeat(20)));
      expect(kept.text()).not.toContain("\uFFFD");
      expect(kept.text()).toContain(`\n[… ${200 - limit} bytes left out …]\n`);
    }
  });

  it("replaces what is not UTF-8", () => {
    const kept = new HeadAndTail(100);
    kept.push(Uint8Array.of(0x61, 0xff, 0x62));
    expect(kept.text()).toBe("a\uFFFDb");
  });
});
