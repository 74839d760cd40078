import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { aide, bin, block, fixtures, freshFolder, ownEnv, runFolder } from "./aide.ts";

const page = readFileSync(fileURLToPath(new URL("../../../docs/tasks.md", import.meta.url)), "utf8");
const blocks = [...page.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, text = ""]) => text);

it("what docs/tasks.md says of adding a task works, to the grade of a run", { timeout: 240_000 }, async () => {
  const root = freshFolder();
  const env = { XDG_DATA_HOME: join(root, "share"), XDG_STATE_HOME: join(root, "state") };
  mkdirSync(join(root, "bin"));
  writeFileSync(join(root, "bin", "aide"), `#!/bin/sh\nexec "${process.execPath}" "${bin}" "$@"\n`);
  chmodSync(join(root, "bin", "aide"), 0o755);
  expect(blocks).toHaveLength(1);
  const [lines = ""] = blocks;
  // Ten lines, the one that continues counted once.
  expect(lines.replaceAll("\\\n", "").trimEnd().split("\n").length).toBeLessThanOrEqual(11);
  const printed = execFileSync("bash", ["-e", "-c", lines], {
    cwd: root,
    env: { ...ownEnv, ...env, PATH: `${join(root, "bin")}:${process.env["PATH"]}` },
    encoding: "utf8",
  });
  expect(printed).toMatch(/boats\s+sound/);
  expect(printed).toContain("aide run task=own/boats");

  rmSync(join(root, "boats"), { recursive: true });
  const script = `import pandas as pd
test = pd.read_csv("./input/test.csv")
test.assign(litres=test["length"] * 3 + 2)[["boat", "litres"]].to_csv("./submission/submission.csv", index=False)`;
  const backend = JSON.stringify({ use: join(fixtures, "scripted-plugin.mjs"), answers: [block(script)] });
  writeFileSync(join(root, "aide.config.yaml"), `backend: ${backend}\nstrategies: []\n`);
  const ran = await aide(["run", "task=own/boats", "budget.steps=1"], root, env);
  expect(ran.out).toContain("grade it     npx aide grade");
  const graded = await aide(["grade"], root, env);
  expect(graded.out).toContain("own/boats, mae (minimize)");
  const grades = JSON.parse(readFileSync(join(runFolder(root), "grades.json"), "utf8"));
  expect(grades.final).toMatchObject({ valid: true, useful: true, value: 1.2 });
  expect(grades.solutions[0].grade).toMatchObject({ valid: true, value: 1.2 });
  expect(readFileSync(join(runFolder(root), "report.md"), "utf8")).toContain("- task: own/boats\n");

  const resumed = await aide(["resume", "budget.steps=2"], root, env);
  expect(resumed.out).toContain("2 solutions");
  expect((await aide(["replay"], root, env)).out).toContain("2 of 2");
  const conflicting = await aide(["run", "task=own/boats", "goal=Something else"], root, env);
  expect(conflicting).toMatchObject({ code: 2, err: expect.stringContaining("AIDE_TASK_FIXED") });
  expect(existsSync(join(root, "state", "aide", "report-labels", "own", "boats", "answers.csv"))).toBe(true);
});
