import { execFileSync } from "node:child_process";
import { beforeAll, describe, expect, it } from "vitest";
import { runner } from "@aide-ts/executor-kit";
import { findPython } from "../src/index.ts";
import { supported } from "../src/python/shipped.ts";
import { env } from "./local.ts";

/** Looks at all scripts in one process: `name:line` of what it finds in each. */
const look = (python: string, scripts: readonly string[]): readonly string[][] => {
  const program = `
import ast, json, os, sys
sys.path.insert(0, os.path.dirname(sys.argv[1]))
import undefined_names
print(json.dumps([[f"{found.name}:{found.line}" for found in undefined_names.find(ast.parse(script))] for script in json.load(sys.stdin)]))`;
  return JSON.parse(
    execFileSync(python, ["-c", program, runner], { input: JSON.stringify(scripts), encoding: "utf8" }),
  );
};

/** Runs each as `__main__`. */
const runAll = `
import json, sys, types
for script in json.load(sys.stdin):
    module = types.ModuleType("__main__")
    module.__file__ = "file.py"
    sys.modules["__main__"] = module
    try:
        exec(compile(script, "<script>", "exec"), module.__dict__)
    except SystemExit:
        pass
`;

const runs: Record<string, string> = {
  "names of modules": "print(__file__, __name__, __doc__, __spec__, __loader__, __package__, __builtins__)",
  "an else that is never reached": "if True:\n    pass\nelse:\n    nowhere()",
  "a loop that has no turn": "for x in []:\n    nowhere()",
  "a loop over an empty range": "for x in range(0):\n    nowhere()",
  "bound late in a loop": "for i in range(2):\n    if i > 0:\n        print(before)\n    before = i",
  comprehensions: "print([a + b for a in [1] for b in [a]], {k: v for k, v in [(1, 2)]}, {c for c in 'x' if c})",
  "a generator's body": "g = (nowhere for _ in [])",
  "a walrus in a comprehension": "print([y := x for x in [1]], y)",
  "a walrus in a condition": "if (n := 3) > 2:\n    print(n)\nprint(n)",
  "a class body":
    "class A:\n    x = 1\n    y = x\n    z = [x for x in [y]]\n    def f(self): return __class__\nprint(A().f())",
  "a global set by a function": "def f():\n    global state\n    state = 1\nf()\nprint(state)",
  nonlocal:
    "def f():\n    n = 0\n    def g():\n        nonlocal n\n        n += 1\n        return n\n    return g()\nprint(f())",
  "a name bound after the function that reads it": "def f():\n    return LATER\nLATER = 1\nprint(f())",
  "a conditional definition": "import sys\nif sys.maxsize > 0:\n    x = 1\nprint(x)",
  caught:
    "try:\n    nowhere\nexcept NameError:\n    pass\ntry:\n    nowhere\nexcept Exception:\n    pass\ntry:\n    nowhere\nexcept:\n    pass",
  "caught from within a function": "def f():\n    nowhere()\ntry:\n    f()\nexcept Exception:\n    pass",
  "not reached in a try": "try:\n    int('x')\n    nowhere()\nexcept ValueError:\n    pass",
  suppressed: "import contextlib\nwith contextlib.suppress(NameError):\n    nowhere()",
  "suppressed by its own context manager":
    "class Quiet:\n    def __enter__(self): pass\n    def __exit__(self, *a): return True\nwith Quiet():\n    nowhere()",
  "deleted and bound again": "x = 1\ndel x\nx = 2\nprint(x)",
  "an import star": "from math import *\nprint(pi)",
  exec: "exec('x = 1')\nprint(x)",
  "globals()": "globals()['x'] = 1\nprint(x)",
  builtins: "import builtins\nbuiltins.shown = print\nshown(1)",
  "sys.modules": "import sys\nsys.modules[__name__].made = 1\nprint(made)",
  "text annotations": "def f(x: 'Nowhere') -> 'Nowhere': pass\ny: 'Nowhere' = 1",
  "annotations of locals": "def f():\n    x: Nowhere = 1\n    return x\nprint(f())",
  "postponed annotations": "from __future__ import annotations\ndef f(x: Nowhere) -> Nowhere: pass\ny: Nowhere = 1",
  "a function never called": "def f():\n    return nowhere",
  "a function that is only listed": "def f():\n    return nowhere\ntable = {'f': f}",
  "a function defined again": "def f():\n    return nowhere\ndef f():\n    return 1\nprint(f())",
  "a function replaced": "def f():\n    return nowhere\nf = lambda: 1\nprint(f())",
  "a function behind a decorator": "def skip(f): return lambda: 1\n@skip\ndef f():\n    return nowhere\nprint(f())",
  "a generator that is not drawn from": "def f():\n    nowhere()\n    yield 1\nf()",
  "a coroutine that is not awaited": "async def f():\n    nowhere()\nf().close()",
  "a method never called": "class A:\n    def predict(self): return nowhere\nA()",
  "a lambda never called": "f = lambda: nowhere",
  "an early return": "def f(x):\n    if x:\n        return 1\n    return nowhere\nprint(f(1))",
  "an early exit": "import sys\nif True:\n    sys.exit(0)\nnowhere()",
  "an exit in a function": "import sys\ndef stop():\n    sys.exit(0)\ndef end():\n    stop()\nend()\nnowhere()",
  "a break":
    "for i in range(3):\n    break\n    nowhere()\nfor i in range(3):\n    if i == 0:\n        continue\n    i = 1",
  "short circuits": "False and nowhere\nTrue or nowhere\n1 if True else nowhere\n2 < 1 < nowhere",
  "an assertion's message": "assert True, nowhere",
  matching:
    "match [1, {'a': 2}]:\n    case [x, {'a': y, **rest}] if x:\n        print(x, y, rest)\n    case [*z]:\n        nowhere()",
  "exception names": "try:\n    1 / 0\nexcept ZeroDivisionError as error:\n    print(error)",
  "star arguments":
    "def f(*a, b=1, **c): return a, b, c\nprint(f(1, d=2))\nfirst, *others = [1, 2]\nprint(first, others)",
  "with targets and imports":
    "import os.path, json as j\nfrom math import pi as p\nwith open(os.devnull) as (handle):\n    print(j, p, handle)",
  "a method's default of the class": "class A:\n    n = 2\n    def f(self, k=n): return k\nprint(A().f())",
  recursion: "def f(n): return 1 if n == 0 else f(n - 1)\nprint(f(3))",
  "a metaclass that gives names":
    "class Meta(type):\n    @classmethod\n    def __prepare__(cls, name, bases): return {'given': 1}\nclass A(metaclass=Meta):\n    x = given",
};

const fails: Record<string, readonly [code: string, found: readonly string[]]> = {
  "at module level": ["x = 1\nprint(x, y_test)", ["y_test:2"]],
  "in a main guard": ["if __name__ == '__main__':\n    print(nowhere)", ["nowhere:2"]],
  "in a function that is called": ["def main():\n    print(nowhere)\nmain()", ["nowhere:2"]],
  "two calls deep": [
    "def a():\n    b()\ndef b():\n    x = nowhere\nif __name__ == '__main__':\n    a()",
    ["nowhere:4"],
  ],
  "another function's local": ["def split():\n    y = 1\n    return y\nsplit()\nprint(y)", ["y:5"]],
  "a comprehension's variable": ["print([n for n in [1]])\nprint(n)", ["n:2"]],
  "a decorator": ["@nowhere\ndef f(): pass", ["nowhere:1"]],
  "a default and a base": ["def f(x=nowhere): pass\nclass A(Base): pass", ["nowhere:1", "Base:2"]],
  "a class body": ["class A:\n    x = nowhere", ["nowhere:2"]],
  "a class's __init__": ["class A:\n    def __init__(self):\n        self.x = nowhere\nA()", ["nowhere:3"]],
  "a class variable in a method": ["class A:\n    x = 1\n    def __init__(self):\n        print(x)\nA()", ["x:4"]],
  "an annotation": ["def f(x: List[int]): pass", ["List:1"]],
  "used before it is bound": ["print(x)\nx = 1", ["x:1"]],
  "in a loop of folds": [
    "kf = object()\nfor fold, (a, b) in enumerate(kf.split(1)):\n    roc_auc_score(a)",
    ["roc_auc_score:3"],
  ],
  "in the argument of a call": [
    "import os\nprint(os.path.join('a', nowhere), end=nothing)",
    ["nothing:2", "nowhere:2"],
  ],
  "in a finally": ["try:\n    pass\nfinally:\n    nowhere", ["nowhere:4"]],
  "in an f-string": ["print(f'{nowhere:.3f}')", ["nowhere:1"]],
  "after a loop that may break": ["for i in [1]:\n    pass\nprint(nowhere)", ["nowhere:3"]],
};

const pythons: { readonly minor: string; readonly path: string }[] = [];

beforeAll(async () => {
  for (const minor of supported) {
    const found = await findPython({ wanted: minor, env: { ...env, PYENV_VERSION: minor } }).catch(() => undefined);
    if (found !== undefined) pythons.push({ minor, path: found.path });
  }
});

describe("undefined names", () => {
  it("are never found in a script that runs", { timeout: 60_000 }, () => {
    expect(pythons).not.toEqual([]);
    for (const { minor, path } of pythons) {
      // Each of these does run: that is what makes the rest of the test mean something.
      execFileSync(path, ["-c", runAll], {
        input: JSON.stringify(Object.values(runs)),
        stdio: ["pipe", "ignore", "inherit"],
      });
      const found = look(path, Object.values(runs));
      expect({
        minor,
        found: Object.fromEntries(
          Object.keys(runs).flatMap((name, at) => (found[at]!.length > 0 ? [[name, found[at]]] : [])),
        ),
      }).toEqual({ minor, found: {} });
    }
  });

  it("are found where they are certain to matter", () => {
    for (const { minor, path } of pythons) {
      const found = look(
        path,
        Object.values(fails).map(([code]) => code),
      );
      expect({
        minor,
        found: Object.fromEntries(Object.keys(fails).map((name, at) => [name, [...found[at]!].sort()])),
      }).toEqual({
        minor,
        found: Object.fromEntries(Object.entries(fails).map(([name, [, expected]]) => [name, [...expected].sort()])),
      });
    }
  });

  it("are not found in the standard library", { timeout: 60_000 }, () => {
    const [python] = pythons;
    const program = `
import ast, glob, json, os, sys
sys.path.insert(0, os.path.dirname(sys.argv[1]))
import undefined_names
found = []
for path in sorted(glob.glob(os.path.dirname(os.__file__) + "/*.py")):
    with open(path, "rb") as file:
        found += [f"{os.path.basename(path)} {name.name}:{name.line}" for name in undefined_names.find(ast.parse(file.read()))]
print(json.dumps(found))`;
    expect(JSON.parse(execFileSync(python!.path, ["-c", program, runner], { encoding: "utf8" }))).toEqual([]);
  });
});
