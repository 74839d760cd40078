import { spawn, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { Execution } from "@aide-ts/plugin";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isRunning, local, until, type Local } from "./local.ts";

const parent = "import os\nprint(open(f'/proc/{os.getppid()}/cmdline').read())";

/** A script's process is a child of the fork server, or of this process. */
const isForked = async (box: Local): Promise<boolean> => (await box.run(parent)).output.includes("fork_server.py");

const serversOf = (pid = process.pid): readonly number[] =>
  spawnSync("pgrep", ["-P", String(pid), "-f", "fork_server.py"], { encoding: "utf8" })
    .stdout.split("\n")
    .filter((line) => line !== "")
    .map(Number);

let box: Local;
beforeAll(async () => {
  box = await local({ seconds: 20, grace: 1 });
  await until(() => isForked(box), 60_000);
}, 900_000);
afterAll(() => box[Symbol.asyncDispose]());

/** Once by a new process and once by a forked one. */
const both = async (code: string, options: Record<string, unknown> = {}): Promise<readonly [Execution, Execution]> => {
  await using fresh = await local({ seconds: 20, grace: 1, fork: false, ...options });
  return [await fresh.run(code), await box.run(code)];
};

describe.runIf(process.platform === "linux")("a forked script", () => {
  it.each([
    ["its variables", "import os\nimport sklearn.base\nprint({k: v for k, v in os.environ.items() if 'x0' not in v})"],
    [
      "its folders",
      "import os, sys, tempfile\nprint(os.listdir(), sys.argv, tempfile.gettempdir(), os.path.expanduser('~'))",
    ],
    [
      "its standard streams",
      "import sys\nprint([(s.isatty(), s.encoding, s.errors) for s in (sys.stdout, sys.stderr)], sys.stdin.read())",
    ],
    ["its numbers drawn at random", "import random, numpy\nprint(random.random(), numpy.random.rand(), hash('a'))"],
    ["its descriptors", "import os\nprint([int(d) for d in os.listdir('/proc/self/fd') if int(d) < 32])"],
    [
      "its signals",
      "import signal\nprint([signal.getsignal(s) for s in (signal.SIGINT, signal.SIGCHLD, signal.SIGTERM)])",
    ],
    [
      "its limits",
      "import resource\nprint(resource.getrlimit(resource.RLIMIT_AS), resource.getrlimit(resource.RLIMIT_CORE))",
    ],
    [
      "its threads",
      "import threading, os\nprint(threading.active_count(), os.getpgid(0) == os.getpid() == os.getsid(0))",
    ],
    [
      "its warnings",
      "import warnings\nfrom sklearn.linear_model import Lasso\nimport numpy as np\nwarnings.warn('mine')\nLasso(0, max_iter=1).fit(np.random.rand(9, 3), np.random.rand(9))",
    ],
    ["an exception", "def f():\n    raise KeyError('a')\nf()"],
    ["its exit", "import sys\nsys.exit(7)"],
    ["what runs at its end", "import atexit\natexit.register(print, 'end')\nprint('begin')"],
    ["a crash", "import os, signal\nprint('x', flush=True)\nos.kill(os.getpid(), signal.SIGSEGV)"],
    ["a module's path", "import sys\nprint(__name__, __file__, sys.path[0], sys.modules['__main__'].__file__)"],
  ])("has %s as a new process has", async (_what, code) => {
    const [fresh, forked] = await both(code);
    const comparable = ({ output, fate, exception }: Execution) => ({ output, fate, exception });
    expect(comparable(forked)).toEqual(comparable(fresh));
  });

  it("begins with its imports made, and computes with several threads", async () => {
    const code = `
import sys
print("sklearn.ensemble" in sys.modules)
import numpy as np
from lightgbm import LGBMRegressor
from sklearn.ensemble import HistGradientBoostingRegressor
x = np.random.rand(400, 4)
for estimator in (LGBMRegressor(n_jobs=2, verbose=-1), HistGradientBoostingRegressor()):
    print(estimator.fit(x, x[:, 0]).predict(x[:3]).round(2))
print((np.random.rand(300, 300) @ np.random.rand(300, 300)).shape)`;
    const [fresh, forked] = await both(code);
    expect(forked.output.split("\n")[0]).toBe("True");
    expect(forked.output.split("\n").slice(1)).toEqual(fresh.output.split("\n").slice(1));
  });

  it("does not see parts of a package that it has not imported", async () => {
    for (const code of ["import sklearn\nsklearn.ensemble", "import numpy as np, sklearn as sk\nsk.ensemble"]) {
      const [fresh, other] = await both(code);
      expect(fresh.fate).toBe("exception");
      expect(other.exception).toEqual(fresh.exception);
    }
  });

  it("is stopped at its limit with all that it started, also what left its group without a program of its own", async () => {
    const started = performance.now();
    const quick = await local({ seconds: 2, grace: 0.2 });
    await using _ = quick;
    await until(() => isForked(quick), 60_000);
    const done = await quick.run(`
import os, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        open("submission/pid", "w").write(str(os.getpid()))
    time.sleep(60)
print("waits", flush=True)
time.sleep(60)`);
    expect(done).toMatchObject({ fate: "timeout", output: expect.stringContaining("waits") });
    const pid = Number(readFileSync(join(quick.workspaceFolder, done.id, "submission/pid"), "utf8"));
    expect(pid).toBeGreaterThan(0);
    expect(isRunning(pid)).toBe(false);
    expect(performance.now() - started).toBeLessThan(60_000);
  });

  it("runs beside others, each with its output", async () => {
    const many = await local({ seconds: 20, concurrency: 6 });
    await using _ = many;
    await until(() => isForked(many), 60_000);
    const all = await Promise.all(
      Array.from({ length: 12 }, (_none, at) => many.run(`import time\ntime.sleep(0.1)\nprint(${at}, "x" * 100000)`)),
    );
    expect(all.map(({ output, fate }) => `${fate} ${output.split(" ")[0]}`)).toEqual(all.map((_one, at) => `ok ${at}`));
  });
});

describe.runIf(process.platform === "linux")("a fork server", () => {
  it("that dies ends its scripts as killed; later ones start as new processes", async () => {
    const before = new Set(serversOf());
    const own = await local({ seconds: 20 });
    await using _ = own;
    await until(() => isForked(own), 60_000);
    const server = serversOf().find((pid) => !before.has(pid)) ?? 0;
    const running = own.run("import os, time\nopen('submission/pid', 'w').write(str(os.getpid()))\ntime.sleep(60)");
    await pause(500);
    process.kill(server, "SIGKILL");
    const done = await running;
    expect(done).toMatchObject({ fate: expect.stringMatching(/crash|out-of-memory/) });
    expect(isRunning(Number(readFileSync(join(own.workspaceFolder, done.id, "submission/pid"), "utf8")))).toBe(false);
    expect(await own.run("print(1)")).toMatchObject({ fate: "ok", output: "1\n" });
    expect(await isForked(own)).toBe(false);
  });

  it("ends with its executor", async () => {
    const before = new Set(serversOf());
    const own = await local({ seconds: 20 });
    await until(() => isForked(own), 60_000);
    const server = serversOf().find((pid) => !before.has(pid)) ?? 0;
    expect(isRunning(server)).toBe(true);
    await own[Symbol.asyncDispose]();
    await until(() => !isRunning(server));
    expect(isRunning(server)).toBe(false);
  });

  it("outlives its executor where the process makes several runs: the next one's scripts are forked from the first on, until one is gone", async () => {
    const before = new Set(serversOf());
    const own = () => serversOf().filter((pid) => !before.has(pid));
    const lifetime = new DisposableStack();
    const next = () => local({ seconds: 20 }, {}, undefined, 1, { lifetime });
    const first = await next();
    await until(() => isForked(first), 60_000);
    const [server = 0] = own();
    await first[Symbol.asyncDispose]();
    {
      await using second = await next();
      expect(await isForked(second)).toBe(true);
      await using beside = await next();
      expect(await isForked(beside)).toBe(true);
      expect(own()).toEqual([server]);
      process.kill(server, "SIGKILL");
      await until(() => own().length === 0);
      expect(await second.run("print(1)")).toMatchObject({ fate: "ok", output: "1\n" });
    }
    await using third = await next();
    await until(() => isForked(third), 60_000);
    const [again = 0] = own();
    expect(again).not.toBe(server);
    lifetime.dispose();
    await until(() => !isRunning(again));
    expect(await third.run("print(1)")).toMatchObject({ fate: "ok", output: "1\n" });
  });

  it("ends with the process that began it, when that is killed", async () => {
    const own = await local({ seconds: 20 });
    await using _ = own;
    const runs = join(import.meta.dirname, "fixtures/runs.ts");
    const scripts = ["print(1)", "print(2)", "print(3)", "import time\ntime.sleep(600)"];
    const dying = spawn(process.execPath, ["--conditions=@aide-ts/source", runs, own.workspaceFolder, ...scripts]);
    await until(() => serversOf(dying.pid).length === 1, 20_000);
    const [server = 0] = serversOf(dying.pid);
    dying.kill("SIGKILL");
    await until(() => !isRunning(server), 20_000);
    expect(isRunning(server)).toBe(false);
  });

  it("is not begun where that is not wished", async () => {
    const before = serversOf();
    await using cold = await local({ seconds: 20, fork: false });
    await cold.run("print(1)");
    expect(await isForked(cold)).toBe(false);
    expect(serversOf()).toEqual(before);
  });
});
