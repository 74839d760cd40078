import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { identify, isAlive, tryLock } from "../src/index.ts";

const unseen = vi.hoisted(() => () => Promise.resolve({ kind: "unseen" }));
vi.mock("../src/start-time.ts", () => ({ seenInProc: unseen, seenByPs: unseen }));

const noOne = 2 ** 31 - 1;

describe("where the system shows nothing about processes", () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it("one is alive while it can be signalled", async () => {
    expect(await isAlive({ pid: process.pid, start: "some time" })).toBe(true);
    expect(await isAlive({ pid: noOne, start: "some time" })).toBe(false);
    expect(await identify(process.pid)).toBeUndefined();
  });

  it("one of another user is alive", async () => {
    vi.spyOn(process, "kill").mockImplementation(() => {
      throw Object.assign(new Error("not permitted"), { code: "EPERM" });
    });
    expect(await isAlive({ pid: noOne, start: "some time" })).toBe(true);
  });

  it("locks work", async () => {
    const folder = await mkdtemp(join(tmpdir(), "lock-"));
    const path = join(folder, "lock");
    await writeFile(path, JSON.stringify({ host: hostname(), pid: noOne }));
    const held = await tryLock(path);
    expect(held.kind).toBe("held");
    expect(await tryLock(path)).toEqual({ kind: "busy", owner: { host: hostname(), pid: process.pid } });
    await rm(folder, { recursive: true });
  });
});
