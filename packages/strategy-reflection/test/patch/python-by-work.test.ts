import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Script, Work } from "@aide-ts/plugin";
import { describe, expect, it } from "vitest";
import { pythonByWork } from "../../src/patch/index.ts";

/** Runs scripts as an executor does: in a folder of their own, their files beside them. */
const run = ({ code, files = {} }: Script): string => {
  const folder = mkdtempSync(join(tmpdir(), "aide-syntax-"));
  try {
    for (const [path, text] of Object.entries({ ...files, "runfile.py": code })) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    return execFileSync("python3", ["runfile.py"], { cwd: folder }).toString();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const workOf = (output: (script: Script) => string): { readonly work: Work; readonly scripts: Script[] } => {
  const scripts: Script[] = [];
  const execute: Work["execute"] = async (script) => {
    scripts.push(script);
    return { id: String(scripts.length), fate: "ok", output: output(script), seconds: 0, artifacts: [] };
  };
  return { work: { execute } as Partial<Work> as Work, scripts };
};

describe("Python asked through an executor", () => {
  it("finds what means the same, in one execution", async () => {
    const { work, scripts } = workOf(run);
    const [plain, noisy, other, coded, broken, nul, nested] = await pythonByWork(work).fingerprints([
      "x = 'größe'\n",
      "x = (  # why\r\n  'größe')\r\n",
      "x = 2\n",
      "# coding: utf-8\nx = 'größe'\n",
      "x = (\n",
      "x = 1\0\n",
      `x = ${"(".repeat(5000)}${")".repeat(5000)}\n`,
    ]);
    expect(scripts).toHaveLength(1);
    expect(noisy).toEqual(plain);
    for (const different of [other, coded]) expect(different).not.toEqual(plain);
    for (const none of [broken, nul, nested]) expect(none).toMatchObject({ kind: "none" });
  });

  it("finds imports and definitions", async () => {
    const { work } = workOf(run);
    const script =
      "import os\n\n@cached\ndef f(a):\n    self.rate, b = 1, 2\n    for i in a:\n        pass\n    return a\n\nclass A:\n    def g(self): pass\n";
    expect(await pythonByWork(work).outlines([script, "x = (\n"])).toEqual([
      {
        imports: [{ first: 1, last: 1 }],
        definitions: expect.arrayContaining([
          { name: "f", first: 3, last: 8 },
          { name: "f.self.rate", first: 5, last: 5 },
          { name: "f.b", first: 5, last: 5 },
          { name: "f.i", first: 6, last: 6 },
          { name: "A", first: 10, last: 11 },
          { name: "A.g", first: 11, last: 11 },
        ]),
      },
      undefined,
    ]);
  });

  it("is asked in as many executions as its answers fit in", async () => {
    const { work, scripts } = workOf(run);
    const texts = Array.from({ length: 401 }, (_, number) => `x = ${number}\n`);
    const answers = await pythonByWork(work).fingerprints(texts);
    expect(scripts).toHaveLength(3);
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(401);
  });

  it.each([
    ["says nothing", ""],
    ["says no JSON", "syntax:[\n"],
    ["says too little", 'syntax:[{"hash":"a"}]\n'],
    ["says something else", 'syntax:[{"is":"a"},{"is":"b"}]\n'],
  ])("that %s is taken for scripts that do not parse", async (_what, output) => {
    const python = pythonByWork(workOf(() => output).work);
    expect(await python.fingerprints(["a", "b"])).toMatchObject([{ kind: "none" }, { kind: "none" }]);
    expect(await python.outlines(["a", "b"])).toEqual([undefined, undefined]);
  });
});
