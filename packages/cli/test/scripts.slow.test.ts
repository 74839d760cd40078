import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { aide, block, good, project, runFolder } from "./aide.ts";

describe("a run from the command line", () => {
  it("is not ended by anything that a script does", { timeout: 240_000 }, async () => {
    const scripts = [
      "def f(:\n",
      "import os; os._exit(3)",
      "import ctypes; ctypes.string_at(0)",
      "import shutil; shutil.rmtree('input')",
      "import sys; sys.stdout.write('x' * 200_000_000)",
      "while True: pass",
      "import subprocess; subprocess.Popen(['sleep', '600'], start_new_session=True)",
      "import sys; sys.exit(0)",
      "open('submission/submission.csv', 'w').write('id,y\\n')",
      good,
    ];
    const root = project(scripts.map(block), {
      keys: "executor: { use: local, seconds: 3, grace: 1 }\nstrategies: []\n",
    });
    const { code, out } = await aide(["run", "budget.steps=10", "search.drafts=10"], root);
    expect(code).toBe(0);
    expect(
      JSON.parse(readFileSync(join(runFolder(root), "journal.json"), "utf8")).nodes.map(
        (node: { is_buggy: boolean }) => node.is_buggy,
      ),
    ).toEqual([...Array.from({ length: 9 }, () => true), false]);
    for (const told of ["static-check", "crash", "timeout", "no submission", "bad submission"])
      expect(out).toContain(told);
  });
});
