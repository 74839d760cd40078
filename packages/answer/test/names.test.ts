import { describe, expect, it } from "vitest";
import { effectsOf, readsWhenRun, writesWhenRun } from "../src/python/effects.ts";
import { namesOf } from "../src/python/names.ts";
import { syntaxOf } from "../src/python/syntax.ts";

const names = (code: string) => {
  const { defines, needs } = namesOf(syntaxOf(code)!, code);
  return { defines: [...defines].sort().join(" "), needs: [...needs].sort().join(" ") };
};
const effects = (code: string) => effectsOf(syntaxOf(code)!, code);

describe("names that a script defines, and that it needs", () => {
  it.each([
    ["import a.b, c.d as e, f\n", "a e f", ""],
    ["from x.y import (z as w, q)\nfrom . import k\nfrom ..p import r\n", "k q r w", ""],
    ["a, (b, *c) = d = e\n", "a b c d", "e"],
    ["a[b].c = d\n", "", "a b d"],
    ["x: int = y\n", "x", "y"],
    ["x += 1\n", "x", "x"],
    ["x = 1\nx += y\n", "x", "y"],
    ["print(x)\nx = 1\n", "x", "x"],
    ["for i, (j, k) in enumerate(z): w = i\nelse: v = k\n", "i j k v w", "z"],
    ["for i in x:\n  if i: print(last)\n  last = i\n", "i last", "x"],
    ["while f():\n  for j in y:\n    print(a, j)\n  (a, b), c[d] = 1, 2\n", "a b j", "c d f y"],
    ["for i in x:\n  print(n)\nn = 1\n", "i n", "n x"],
    ["with open(f) as g, h(g) as i: pass\n", "g i", "f h"],
    ["try:\n  a\nexcept (E, ValueError) as e:\n  e\n", "e", "E a"],
    ["if (n := f(3)) > m: pass\n", "n", "f m"],
    ["f(a=b, *c, **d)\n", "", "b c d f"],
    ["x = [i for i in y if i > z]\n", "x", "y z"],
    ["x = {k: v for k, v in y.items() for k in v}\n", "x", "y"],
    ["sum(i * w for i in x)\n", "", "w x"],
    ["[i for i in i]\n", "", "i"],
    ["[last := i for i in range(3)]\nlast\n", "last", ""],
    ["g = lambda a, b=c, *d: a + b + e\n", "g", "c e"],
    ["def f(a, b: T = c, *d, e=1, **k) -> R:\n  x = a\n  return x + y\n", "f", "R T c y"],
    ["def f():\n  return g()\ndef g():\n  return np.pi\n", "f g", "np"],
    ["def f():\n  global n\n  n = 1\n", "f n", ""],
    ["def f():\n  x = 1\n  def g():\n    nonlocal x\n    x = y\n  return g\n", "f", "y"],
    ["def f():\n  return x\nx = 1\n", "f x", ""],
    ["f()\ndef f(): return x\nx = 1\n", "f x", "f"],
    ["class A(B, metaclass=M):\n  x = 1\n  y = x\n  def f(self): return x\n", "A", "B M x"],
    ["@a.b(c)\ndef f(): pass\n", "f", "a c"],
    ["f'{a!r:{b}} {c=} {{d}}'\n", "", "a b c"],
    [
      "match x:\n  case Point(a=b, c=[d, *e]): b\n  case {'k': v, **r}: r\n  case y.Z | None as w: w\n",
      "b d e r v w",
      "Point x y",
    ],
    ["from __future__ import annotations\ndef f(a: T, b=c) -> R:\n  x: U = a\n", "annotations f", "c"],
    ["type X = list[Y]\n", "X", "Y"],
    ["async def f():\n  async with a as b: await b\n", "f", "a"],
    ["del a, b[c]\n", "", "a b c"],
    ["a.b.c(d).e\n", "", "a d"],
    ["print(__name__, len([]), NameError, df)\n", "", "df"],
    ["import pandas as pd; x = pd.DataFrame\n", "pd x", ""],
  ])("%j", (code, defines, needs) => {
    expect(names(code)).toEqual({ defines, needs });
  });

  it("are not known where all is imported", () => {
    const code = "from math import *\nprint(sin(x))\n";
    expect(namesOf(syntaxOf(code)!, code)).toMatchObject({ star: true });
  });
});

describe("what a script does to files", () => {
  it.each([
    ["df.to_csv('a.csv')\n", true],
    ["open('a', 'w').write('x')\n", true],
    ["with open('a.csv', mode='wt') as f: f.write('x')\n", true],
    ["open('a').read()\n", false],
    ["open('model.bin', 'wb')\n", false],
    ["def main():\n  df.to_csv('a')\n", false],
    ["def main():\n  df.to_csv('a')\nmain()\n", true],
    ["def write():\n  df.to_csv('a')\ndef main():\n  write()\nif __name__ == '__main__':\n  main()\n", true],
    ["class Job:\n  def run(self):\n    df.to_csv('a')\nJob().run()\n", true],
    ["joblib.dump(m, 'm.pkl')\nplt.savefig('a.png')\n", false],
    ["x = df.to_numpy()\n", false],
    ["torch.save(pred, 'out/submission.pt')\n", true],
    ["pd.read_csv('sample_submission.csv')\n", false],
    ["print('in submission.csv')\n", false],
  ])("%j writes a result: %s", (code, writes) => {
    expect(writesWhenRun([effects(code)])).toBe(writes);
  });

  it("counts across parts: a function of one, called by another", () => {
    const parts = ["def main():\n  pd.read_csv('a').to_csv('b')\n", "main()\n"].map(effects);
    expect(writesWhenRun(parts)).toBe(true);
    expect(readsWhenRun(parts)).toBe(true);
    expect(writesWhenRun(parts.slice(0, 1))).toBe(false);
  });

  it("names the files that are left for later, and those that are wanted of before", () => {
    const { saves, opens } = effects("a = load('in/m.pkl')\ndump(a, 'out/n.pkl')\nb = load('out/n.pkl')\n");
    expect([[...saves], [...opens]]).toEqual([["n.pkl"], ["m.pkl"]]);
  });
});
