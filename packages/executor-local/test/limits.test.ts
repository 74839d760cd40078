import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isRunning, local, until, type Local } from "./local.ts";

let box: Local;
beforeAll(async () => {
  box = await local({ seconds: 1, grace: 0.5 });
  await box.executor.environment(new AbortController().signal);
}, 900_000);
afterAll(() => box[Symbol.asyncDispose]());

/** Starts a child that leaves group and session, and writes its number. */
const daemon = `
import subprocess, sys
child = subprocess.Popen(["setsid", "sleep", "600"])
inner = subprocess.Popen(["sh", "-c", "setsid sleep 600 & echo $!"], stdout=subprocess.PIPE)
open("submission/pids", "w").write(f"{child.pid} {inner.stdout.readline().decode()}")
`;

const pidsOf = async (of: Local, id: string): Promise<readonly number[]> =>
  (await readFile(join(of.workspaceFolder, id, "submission/pids"), "utf8")).split(" ").map(Number);

describe("time", () => {
  it("interrupts, so that the traceback says where", async () => {
    const done = await box.run("import time\nprint('before')\ntime.sleep(60)");
    expect(done).toMatchObject({
      fate: "timeout",
      exception: {
        type: "TimeoutError",
        message: "stopped: it ran longer than its limit of 1 s",
        frames: [{ line: 3, source: "time.sleep(60)" }],
      },
    });
    expect(done.output).toMatch(/^before\nTraceback/);
    expect(done.output).toMatch(/\[stopped: it ran longer than its limit of 1 s\]\n$/);
    expect(done.seconds).toBeLessThan(1.5);
  });

  it("kills what does not let itself be interrupted, and still says where it was", async () => {
    const done = await box.run("import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nwhile True:\n    pass", {
      seconds: 0.3,
    });
    expect(done).toMatchObject({ fate: "timeout", exception: { frames: [] } });
    expect(done.output).toMatch(/File "runfile.py", line [34] in <module>/);
    expect(done.seconds).toBeGreaterThan(0.75);
  });

  it("cannot be lengthened by the script's own limit", async () => {
    expect(await box.run("import time\ntime.sleep(60)", { seconds: 50 })).toMatchObject({ fate: "timeout" });
  });

  it("kills grandchildren that left the session", async () => {
    const done = await box.run(`${daemon}import time\ntime.sleep(60)`);
    expect(done.fate).toBe("timeout");
    const pids = await pidsOf(box, done.id);
    expect(pids).toHaveLength(2);
    expect(pids.filter(isRunning)).toEqual([]);
  });
});

describe("the end", () => {
  it("leaves no children after success, and does not wait for them", async () => {
    const begin = performance.now();
    const done = await box.run(daemon);
    expect(done.fate).toBe("ok");
    expect((await pidsOf(box, done.id)).filter(isRunning)).toEqual([]);
    expect(performance.now() - begin).toBeLessThan(3000);
  });

  it("does not wait for a pipe that an unmarked process holds", async () => {
    const done = await box.run(`
import subprocess
child = subprocess.Popen(["setsid", "sleep", "8"], env={"PATH": "/usr/bin:/bin"})
open("submission/pids", "w").write(f"{child.pid} {child.pid}")
print("done")`);
    expect(done).toMatchObject({ fate: "ok", output: "done\n" });
    const [pid] = await pidsOf(box, done.id);
    // This one is known to escape: it carries no mark. It proves that the pipe was held.
    expect(isRunning(pid!)).toBe(true);
    process.kill(pid!, "SIGKILL");
  });
});

describe("abort", () => {
  it("kills the tree and rejects with the reason", async () => {
    const slow = await local({ seconds: 60 });
    await using _ = slow;
    const stop = new AbortController();
    const running = slow.run(`${daemon}import time\ntime.sleep(60)`, {}, stop.signal);
    await until(() =>
      stat(join(slow.workspaceFolder, "x000001/submission/pids")).then(
        (file) => file.size > 0,
        () => false,
      ),
    );
    const reason = new Error("enough");
    stop.abort(reason);
    await expect(running).rejects.toBe(reason);
    expect((await pidsOf(slow, "x000001")).filter(isRunning)).toEqual([]);
    await expect(stat(join(slow.workspaceFolder, "x000001/input"))).rejects.toThrow("ENOENT");
  });

  it("starts nothing for a signal that has fired", async () => {
    await expect(box.run("print(1)", {}, AbortSignal.abort(new Error("before")))).rejects.toThrow("before");
  });

  it("happens to all that runs when the executor is disposed of", async () => {
    const slow = await local({ seconds: 60 });
    const running = slow.run(`${daemon}import time\ntime.sleep(60)`);
    const outcome = running.catch((error: unknown) => error);
    await until(() =>
      stat(join(slow.workspaceFolder, "x000001/submission/pids")).then(
        (file) => file.size > 0,
        () => false,
      ),
    );
    const pids = await pidsOf(slow, "x000001");
    await slow[Symbol.asyncDispose]();
    expect(await outcome).toMatchObject({ code: "AIDE_EXECUTOR_CLOSED" });
    expect(pids.filter(isRunning)).toEqual([]);
  });
});

describe("output", () => {
  it("of 1 GB fills no memory and keeps both ends", async () => {
    const wide = await local({ seconds: 60 });
    await using _ = wide;
    const before = process.memoryUsage.rss();
    const done = await wide.run(
      "import sys\nprint('first')\nchunk = 'x' * 2**20\nfor _ in range(1024):\n    sys.stdout.write(chunk)\nprint('\\nlast')",
    );
    expect(done.fate).toBe("ok");
    expect(done.output.length).toBeLessThan(66_000);
    expect(done.output).toMatch(/^first\nx+\n\[… \d+ bytes left out …\]\nx+\nlast\n$/);
    expect(process.memoryUsage.rss() - before).toBeLessThan(300 * 2 ** 20);
    expect(done.seconds).toBeLessThan(20);
  });

  it("that is not UTF-8 is replaced", async () => {
    expect((await box.run("import os\nos.write(1, b'a\\xffb')")).output).toBe("a\uFFFDb");
  });

  it("is drained to the end", async () => {
    const done = await box.run("print('y' * 50_000)\nprint('end')");
    expect(done.output).toBe(`${"y".repeat(50_000)}\nend\n`);
  });
});

describe("memory", () => {
  it("is limited, and going beyond it is its own fate", async () => {
    const small = await local({ memory: 300 * 2 ** 20, seconds: 20 });
    await using _ = small;
    expect(await small.run("x = bytearray(2**20)\nprint(len(x))")).toMatchObject({ fate: "ok" });
    const done = await small.run("x = bytearray(2**30)");
    expect(done).toMatchObject({ fate: "out-of-memory", exception: { type: "MemoryError", frames: [{ line: 1 }] } });
  });

  it("is limited to a share of the machine's without being asked", async () => {
    const done = await box.run("import resource\nprint(resource.getrlimit(resource.RLIMIT_AS)[0])");
    const { memoryBytes, details } = await box.executor.environment(new AbortController().signal);
    expect(done.output).toBe(`${memoryBytes}\n`);
    expect(memoryBytes / Number(Object(details).machineMemoryBytes)).toBeCloseTo(0.75, 3);
  });
});
