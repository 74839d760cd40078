import { mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { lock, tryLock, type HeldLock, type Owner } from "../src/index.ts";
import { digest } from "../src/owner.ts";
import { until } from "./children.ts";
import { deadOwner, thisProcess } from "./owners.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "lock-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A lock as another process would have left it, last touched some seconds ago. */
const leave = async (name: string, text: string, seconds = 0): Promise<string> => {
  const path = join(folder, name);
  await writeFile(path, text);
  const touched = Date.now() / 1000 - seconds;
  await utimes(path, touched, touched);
  return path;
};

const held = async (path: string): Promise<HeldLock> => {
  const attempt = await tryLock(path);
  if (attempt.kind === "busy") throw new Error(`busy: ${JSON.stringify(attempt.owner)}`);
  return attempt;
};

const far = (owner: Owner): string => JSON.stringify({ ...owner, host: "another-host.example" });

describe("a lock", () => {
  it("is refused while it is held, also to the same process, and free when it is released", async () => {
    const path = join(folder, "twice");
    const first = await held(path);
    expect(await tryLock(path)).toEqual({ kind: "busy", owner: await thisProcess() });
    await first[Symbol.asyncDispose]();
    await using _second = await held(path);
    await first[Symbol.asyncDispose]();
    expect(await tryLock(path)).toMatchObject({ kind: "busy" });
  });

  it("that was released leaves no file", async () => {
    await (await held(join(folder, "tidy")))[Symbol.asyncDispose]();
    await (await held(await leave("tidy", JSON.stringify(await deadOwner()))))[Symbol.asyncDispose]();
    expect((await readdir(folder)).filter((name) => name.startsWith("tidy"))).toEqual([]);
  });

  it("of a process that lives is kept, however long ago it was touched", async () => {
    const path = await leave("kept", JSON.stringify(await thisProcess()), 3600);
    expect(await tryLock(path)).toMatchObject({ kind: "busy" });
  });

  it("of an earlier process with the number of one that lives is taken over", async () => {
    const path = await leave("reused", JSON.stringify({ ...(await thisProcess()), start: "another time" }));
    await using lock = await held(path);
    expect(lock.kind).toBe("held");
  });

  it("of another host is kept while its heart beats, and then taken over", async () => {
    const owner = { ...(await deadOwner()), host: "another-host.example" };
    const path = await leave("far", JSON.stringify(owner), 50);
    expect(await tryLock(path)).toEqual({ kind: "busy", owner });
    await leave("far", far(await thisProcess()), 70);
    await using lock = await held(path);
    expect(lock.kind).toBe("held");
  });

  it.each(["", "4711", "null", "[]", '{"host":"x"}', '{"host":"x","pid":-1}', '{"host":1,"pid":1}'])(
    "that says %j is kept for a minute: someone may still be writing it",
    async (text) => {
      const path = await leave("strange", text);
      expect(await tryLock(path)).toEqual({ kind: "busy", owner: undefined });
      await leave("strange", text, 70);
      await using lock = await held(path);
      expect(lock.kind).toBe("held");
    },
  );

  it("of a dead process goes to one of many that want it at the same time", async () => {
    const owner = await deadOwner();
    for (let round = 0; round < 30; round++) {
      const path = await leave("wanted", JSON.stringify({ ...owner, id: round }));
      const attempts = await Promise.all(Array.from({ length: 12 }, () => tryLock(path)));
      const got = attempts.filter((attempt) => attempt.kind === "held");
      expect(got).toHaveLength(1);
      await got[0]![Symbol.asyncDispose]();
    }
  });

  it("of a dead process is left to the one that is taking it over, unless that one dies too", async () => {
    const text = JSON.stringify(await deadOwner());
    const path = await leave("chain", text);
    const successor = await thisProcess();
    await leave(`chain.${digest(text)}`, JSON.stringify(successor));
    expect(await tryLock(path)).toEqual({ kind: "busy", owner: successor });
    await leave(`chain.${digest(text)}`, text);
    await (await held(path))[Symbol.asyncDispose]();
    expect((await readdir(folder)).filter((name) => name.startsWith("chain"))).toEqual([]);
  });

  it("of another is not removed by a release", async () => {
    const path = join(folder, "robbed");
    const robbed = await held(path);
    const text = far(await thisProcess());
    await writeFile(path, text);
    await robbed[Symbol.asyncDispose]();
    expect(await readFile(path, "utf8")).toBe(text);
    await rm(path);
    await expect(robbed[Symbol.asyncDispose]()).resolves.toBeUndefined();
  });

  it("in a folder that is not there is an error", async () => {
    await expect(tryLock(join(folder, "nowhere", "lock"))).rejects.toMatchObject({ code: "ENOENT" });
  });

  it("that cannot be read is an error", async () => {
    await expect(tryLock(folder)).rejects.toMatchObject({ code: "EISDIR" });
  });
});

describe("the heart of a lock", () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  const age = async (path: string): Promise<number> => Date.now() - (await stat(path)).mtimeMs;

  it("beats every five seconds while it is held, and only for itself", async () => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    const path = join(folder, "heart");
    await using _lock = await held(path);
    await utimes(path, Date.now() / 1000 - 100, Date.now() / 1000 - 100);
    vi.advanceTimersByTime(5_000);
    await until(async () => (await age(path)) < 50_000);

    await leave("heart", far(await thisProcess()), 100);
    vi.advanceTimersByTime(5_000);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await age(path)).toBeGreaterThan(90_000);
  });

  it("stops at the release", async () => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    await (await held(join(folder, "stopped")))[Symbol.asyncDispose]();
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe("waiting for a lock", () => {
  it("ends when it is released, and reports once for whom it waits", async () => {
    const path = join(folder, "waited");
    const first = await held(path);
    const reported: (Owner | undefined)[] = [];
    const waiting = lock(path, { onWait: (owner) => reported.push(owner) });
    await new Promise((resolve) => setTimeout(resolve, 500));
    await first[Symbol.asyncDispose]();
    await using _second = await waiting;
    expect(reported).toEqual([await thisProcess()]);
    expect(await tryLock(path)).toMatchObject({ kind: "busy" });
  });

  it("ends with the signal's reason, at once", async () => {
    const path = join(folder, "aborted");
    await using _first = await held(path);
    const stop = new AbortController();
    const reason = new Error("no patience");
    let waiting: Promise<unknown> = Promise.resolve();
    await new Promise<void>((resolve) => {
      waiting = lock(path, { signal: stop.signal, onWait: () => resolve() }).catch((error: unknown) => error);
    });
    stop.abort(reason);
    expect(await Promise.race([waiting, new Promise((resolve) => setImmediate(resolve, "later"))])).toBe(reason);
  });

  it("does not begin after the signal", async () => {
    const path = join(folder, "late");
    await expect(lock(path, { signal: AbortSignal.abort(new Error("no longer")) })).rejects.toThrow("no longer");
    expect(await tryLock(path)).toMatchObject({ kind: "held" });
  });
});
