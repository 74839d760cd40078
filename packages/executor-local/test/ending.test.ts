import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { local, type Local } from "./local.ts";

let box: Local;
beforeAll(async () => {
  box = await local({ seconds: 20, grace: 1 });
  await box.executor.environment(new AbortController().signal);
}, 900_000);
afterAll(() => box[Symbol.asyncDispose]());

describe("a script that ends well", () => {
  it("runs as __main__ in its folder, beside the data", async () => {
    const done = await box.run(`
import os, sys
assert __file__ == os.path.join(os.getcwd(), "runfile.py") and sys.argv == ["runfile.py"] and sys.path[0] == os.getcwd()
print(open("input/train.csv").read().strip(), open("input/nested/more.txt").read(), os.listdir("working"), os.listdir("submission"))
if __name__ == "__main__":
    print("guarded")`);
    expect(done).toMatchObject({ fate: "ok", output: "a,b\n1,2 more [] []\nguarded\n", artifacts: [] });
    expect(done.exception).toBeUndefined();
    expect(done.seconds).toBeGreaterThan(0);
  });

  it.each([
    "import sys; sys.exit()",
    "import sys; sys.exit(0)",
    "import sys; sys.exit(None)",
    "raise SystemExit",
    "exit()",
    "import os; os._exit(0)",
  ])("%s is success", async (code) => {
    expect(await box.run(code)).toMatchObject({ fate: "ok" });
  });

  it("draws the same random numbers each time, from Python, numpy and what is built on it", async () => {
    const script = `
import random
import numpy as np
from sklearn.ensemble import RandomForestRegressor
from sklearn.model_selection import train_test_split
print(random.random(), np.random.rand(), train_test_split(list(range(9)))[1])
x = np.arange(40.0).reshape(-1, 1)
print(RandomForestRegressor(5).fit(x, x[:, 0] ** 2).predict(x[:5] + 0.3))`;
    const [first, second] = [await box.run(script), await box.run(script)];
    expect(first.fate).toBe("ok");
    expect(second.output).toBe(first.output);
  });

  it("keeps the order of both streams, C code and children", async () => {
    const done = await box.run(`
import os, subprocess, sys
print("one")
print("two", file=sys.stderr)
os.write(1, b"three\\n")
subprocess.run(["sh", "-c", "echo four; echo five >&2"])
print("six")`);
    expect(done.output).toBe("one\ntwo\nthree\nfour\nfive\nsix\n");
  });

  it("can pickle its own classes into worker processes", async () => {
    const done = await box.run(`
import multiprocessing, pickle
from concurrent.futures import ProcessPoolExecutor
class Point:
    def __init__(self, x): self.x = x
def double(point): return Point(point.x * 2)
if __name__ == "__main__":
    assert pickle.loads(pickle.dumps(Point(1))).x == 1
    for method in ("fork", "spawn"):
        with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context(method)) as pool:
            print([point.x for point in pool.map(double, [Point(1), Point(2)])])
    with multiprocessing.Manager() as manager:
        print(manager.list([1]))`);
    expect(done).toMatchObject({ fate: "ok", output: "[2, 4]\n[2, 4]\n[1]\n" });
  });

  it("can use joblib's workers", async () => {
    const done = await box.run(`
from joblib import Parallel, delayed
def square(x): return x * x
print(Parallel(n_jobs=2)(delayed(square)(x) for x in range(4)))`);
    expect(done).toMatchObject({ fate: "ok", output: "[0, 1, 4, 9]\n" });
  });

  it("can import the files that came with it", async () => {
    const done = await box.run("from lib.part import value\nprint(value)", { files: { "lib/part.py": "value = 7" } });
    expect(done).toMatchObject({ fate: "ok", output: "7\n" });
  });

  it.each([
    ["deletes its input", "import shutil; shutil.rmtree('input')"],
    ["goes elsewhere", "import os; os.chdir('/'); print(open('/etc/hosts').name)"],
    ["closes its streams", "import sys; sys.stdout.close(); sys.stderr.close()"],
    ["closes the descriptors below", "import os; os.close(1); os.close(2)"],
    ["replaces stdout", "import io, sys; sys.stdout = io.StringIO()"],
    [
      "removes its permissions",
      "import os; os.makedirs('working/a/b'); os.chmod('working/a/b', 0); os.chmod('working/a', 0)",
    ],
  ])("one that %s still ends well", async (_what, code) => {
    expect(await box.run(code)).toMatchObject({ fate: "ok" });
  });

  it("is not called a crash when a thread outlives the main one", async () => {
    const done = await box.run(
      "import threading, time\nthreading.Thread(target=lambda: (time.sleep(0.3), print('late'))).start()\nprint('main')",
    );
    expect(done).toMatchObject({ fate: "ok", output: "main\nlate\n" });
  });
});

describe("a script that fails", () => {
  it("shows Python's traceback without our frames, and gives them as data", async () => {
    const done = await box.run("def inner(x):\n    return 1 / x\n\nimport helper\nhelper.call(inner)", {
      files: { "helper.py": "def call(f):\n    f(0)\n" },
    });
    expect(done).toMatchObject({
      fate: "exception",
      exception: {
        type: "ZeroDivisionError",
        message: "division by zero",
        frames: [
          { file: "runfile.py", line: 5, function: "<module>", source: "helper.call(inner)" },
          { file: "helper.py", line: 2, function: "call", source: "f(0)" },
          { file: "runfile.py", line: 2, function: "inner", source: "return 1 / x" },
        ],
      },
    });
    expect(done.exception?.beforeRun).toBeUndefined();
    expect(done.output).toMatch(/^Traceback \(most recent call last\):\n {2}File "runfile.py", line 5, in <module>\n/);
    expect(done.output).toMatch(/ZeroDivisionError: division by zero\n$/);
    expect(done.output).not.toContain("runner.py");
  });

  it("names no place on this machine", async () => {
    const done = await box.run(
      "import json, os, tempfile\nimport numpy\nprint(os.getcwd(), os.path.abspath('input'), tempfile.gettempdir())\n" +
        "try:\n    numpy.array([1]).reshape(2, 2)\nexcept ValueError:\n    json.loads('{')",
    );
    expect(done.output).toMatch(/^\. \.\/input \.\/\.tmp\n/);
    expect(done.output).toMatch(/File "python3\.\d+\/json\/decoder\.py"/);
    expect(done.exception?.frames.at(-1)?.file).toMatch(/^python3\.\d+\/json\/decoder\.py$/);
    const wrong = await box.run("from sklearn.ensemble import Nothing");
    expect(wrong.exception?.message).toContain("(site-packages/sklearn/ensemble/__init__.py)");
    for (const { output } of [done, wrong]) expect(output).not.toMatch(/["' (]\//);
  });

  it("shows causes", async () => {
    const done = await box.run("try:\n    {}['a']\nexcept KeyError as error:\n    raise ValueError('no a') from error");
    expect(done.output).toContain("KeyError: 'a'\n\nThe above exception was the direct cause");
    expect(done.exception).toMatchObject({ type: "ValueError", message: "no a" });
  });

  it.each([
    ["sys.exit(1)", "1", ""],
    ["sys.exit('no data')", "no data", "no data\n"],
  ])("%s is an exception", async (code, message, output) => {
    expect(await box.run(`import sys\n${code}`)).toMatchObject({
      fate: "exception",
      output,
      exception: { type: "SystemExit", message },
    });
  });

  it("reports endless recursion", async () => {
    const done = await box.run("def f(n):\n    return f(n + 1)\nf(0)");
    expect(done).toMatchObject({ fate: "exception", exception: { type: "RecursionError" } });
    expect(done.exception?.frames.length).toBeLessThan(60);
  });

  it("bounds a huge message", async () => {
    const done = await box.run("raise ValueError('x' * 30_000_000)");
    expect(done).toMatchObject({ fate: "exception", exception: { type: "ValueError" } });
    expect(done.exception?.message.length).toBeLessThan(5000);
    expect(done.output.length).toBeLessThan(70_000);
  });

  it("survives an exception that cannot be printed", async () => {
    const done = await box.run(
      "class Odd(Exception):\n    def __str__(self):\n        raise RuntimeError('no')\nraise Odd()",
    );
    expect(done).toMatchObject({ fate: "exception", exception: { type: "Odd", message: "<exception str() failed>" } });
  });

  it("reports with its streams closed, and shows the traceback all the same", async () => {
    const done = await box.run("import os\nos.close(1)\nos.close(2)\nraise ValueError('v')");
    expect(done).toMatchObject({ fate: "exception", exception: { type: "ValueError" } });
    expect(done.output).toContain("ValueError: v");
  });

  it("cannot write to the descriptor that reports", async () => {
    const done = await box.run(`import os\nos.write(3, b'{"fate":"ok"}\\n')`);
    expect(done).toMatchObject({ fate: "exception", exception: { type: "OSError" } });
  });

  it("is not answered for by its fork", async () => {
    const done = await box.run(
      "import os\nif os.fork() == 0:\n    raise KeyError('child')\nos.wait()\nprint('parent')\nos._exit(0)",
    );
    expect(done.fate).toBe("ok");
    expect(done.output).toContain("KeyError: 'child'");
    expect(done.output).toMatch(/parent\n$/);
  });
});

describe("a script that dies", () => {
  it("names the signal and the line", async () => {
    const done = await box.run("import os, signal\nprint('here')\nos.kill(os.getpid(), signal.SIGSEGV)");
    expect(done).toMatchObject({ fate: "crash", exception: { type: "Crash", message: "ended by SIGSEGV" } });
    expect(done.output).toMatch(/^here\n/);
    expect(done.output).toContain('File "runfile.py", line 3 in <module>');
    expect(done.output).not.toContain("runner.py");
    expect(done.output).toMatch(/\[ended by SIGSEGV\]\n$/);
  });

  it("names the exit code", async () => {
    const done = await box.run("import os\nos._exit(3)");
    expect(done).toMatchObject({ fate: "crash", exception: { message: "the process ended itself with exit code 3" } });
  });

  it("takes a kill that was not ours for want of memory", async () => {
    expect(await box.run("import os\nos.kill(os.getpid(), 9)")).toMatchObject({ fate: "out-of-memory" });
  });
});

describe("a script that is refused before it runs", () => {
  it("has a syntax error, shown as Python shows it", async () => {
    const done = await box.run("print('never')\ndef f(:\n    pass");
    expect(done).toMatchObject({
      fate: "exception",
      exception: { type: "SyntaxError", beforeRun: true, frames: [{ file: "runfile.py", line: 2, source: "def f(:" }] },
    });
    expect(done.output).toMatch(/^ {2}File "runfile.py", line 2\n {4}def f\(:\n/);
    expect(done.output).toMatch(/SyntaxError: invalid syntax\n$/);
  });

  it.each([
    ["wrong indentation", "if True:\nprint(1)", "IndentationError"],
    ["null bytes", "x = 1\0", "SyntaxError"],
    ["nesting too deep", `x = ${"(".repeat(5000)}${")".repeat(5000)}`, "SyntaxError"],
  ])("has %s", async (_what, code, type) => {
    expect(await box.run(code)).toMatchObject({ fate: "exception", exception: { type, beforeRun: true } });
  });

  it("uses names that do not exist: all are listed", async () => {
    const done = await box.run("print('never')\nx = 1\nprint(x, y_test)\nfor i in range(3):\n    LabelEncoder()");
    expect(done).toMatchObject({
      fate: "exception",
      exception: {
        type: "NameError",
        message: "names 'y_test', 'LabelEncoder' are not defined",
        beforeRun: true,
        frames: [
          { file: "runfile.py", line: 3, function: "<module>", source: "print(x, y_test)" },
          { line: 5, source: "LabelEncoder()" },
        ],
      },
    });
    expect(done.output).toContain('File "runfile.py", line 5');
    expect(done.output).not.toContain("never");
  });
});
