import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { identify, isAlive } from "../src/index.ts";
import { seenByPs } from "../src/start-time.ts";
import { until } from "./children.ts";

const linux = process.platform === "linux";
const withPs = existsSync("/bin/ps") || existsSync("/usr/bin/ps");
if (!withPs) console.log("skipped: what ps reports, because this machine has none");

/** Ended, and never waited for by its parent. */
const zombie = async () => {
  const parent = spawn("sh", ["-c", "sleep 0.5 & echo $!; exec sleep 60"]);
  const [printed] = await once(parent.stdout, "data");
  const pid = Number(String(printed));
  const known = await identify(pid);
  await until(async () => /\) Z /.test(await readFile(`/proc/${pid}/stat`, "utf8")));
  return { known: known!, [Symbol.dispose]: () => parent.kill("SIGKILL") };
};

describe("a process", () => {
  it("is alive until it ends", async () => {
    const child = spawn("sleep", ["60"]);
    const known = await identify(child.pid!);
    expect(known).toEqual({ pid: child.pid, start: expect.stringMatching(/./) });
    expect(await isAlive(known!)).toBe(true);
    child.kill("SIGKILL");
    await once(child, "exit");
    expect(await isAlive(known!)).toBe(false);
    expect(await identify(child.pid!)).toBeUndefined();
  });

  it("is distinguished from an earlier one of the same number", async () => {
    const known = await identify(process.pid);
    expect(await isAlive({ ...known!, start: "another time" })).toBe(false);
  });

  it("of which only the number is known is alive while there is one", async () => {
    expect(await isAlive({ pid: process.pid })).toBe(true);
    expect(await isAlive({ pid: 2 ** 31 - 1 })).toBe(false);
  });

  it.runIf(linux)("is dead as a zombie", async () => {
    using dead = await zombie();
    expect(await isAlive(dead.known)).toBe(false);
    expect(await identify(dead.known.pid)).toBeUndefined();
  });
});

describe.runIf(withPs)("ps", () => {
  it("reports when a process started, in the same words in every time zone", async () => {
    const before = process.env["TZ"];
    const seen = await seenByPs(process.pid);
    process.env["TZ"] = "Asia/Kolkata";
    const elsewhere = await seenByPs(process.pid);
    if (before === undefined) delete process.env["TZ"];
    else process.env["TZ"] = before;
    expect(seen).toEqual({ kind: "running", start: expect.stringMatching(/\d\d:\d\d:\d\d/) });
    expect(elsewhere).toEqual(seen);
  });

  it("knows no process that is not there", async () => {
    expect(await seenByPs(2 ** 31 - 1)).toEqual({ kind: "unseen" });
  });

  it.runIf(linux)("recognises zombies", async () => {
    using dead = await zombie();
    expect(await seenByPs(dead.known.pid)).toEqual({ kind: "gone" });
  });
});
