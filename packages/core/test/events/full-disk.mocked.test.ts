import * as fs from "node:fs";
import { freshLog } from "@aide-ts/testing";
import { describe, expect, it, vi } from "vitest";
import { EventLog, type Event } from "../../src/index.ts";

/** Bytes that the disk still takes; the call that would need more writes what fits and then fails, as the system does. */
const disk = vi.hoisted(() => ({ room: Number.POSITIVE_INFINITY }));

vi.mock("node:fs", async (original) => {
  const real = await original<typeof fs>();
  return {
    ...real,
    writeSync: (descriptor: number, bytes: Uint8Array, offset = 0) => {
      const length = Math.min(bytes.length - offset, disk.room);
      if (length === 0 && bytes.length > offset) throw Object.assign(new Error("no space left"), { code: "ENOSPC" });
      disk.room -= length;
      return real.writeSync(descriptor, bytes, offset, length);
    },
  };
});

const event = (at: number): Event => ({ type: "run-closed", at, reason: "x".repeat(50) });

describe("a disk that fills in the middle of a line", () => {
  it("leaves whole lines, says so, and takes more when there is room again", () => {
    const file = freshLog();
    const { log } = EventLog.open(file);
    log.append(event(1));
    for (const room of [0, 1, 30]) {
      disk.room = room;
      expect(() => log.append(event(2))).toThrow("The disk is full");
      expect(fs.readFileSync(file, "utf8")).toBe(`${JSON.stringify(event(1))}\n`);
    }
    disk.room = Number.POSITIVE_INFINITY;
    log.append(event(3));
    expect(EventLog.open(file).events).toEqual([event(1), event(3)]);
  });
});
