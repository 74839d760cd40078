import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { frozenCases } from "../../packages/repair-bench/src/index.ts";

/** Runs every frozen draft and its fix: each draft must fail as recorded, and each fix must pass. [part of a name …] */
const wanted = process.argv.slice(2);
const root = fileURLToPath(new URL("../../", import.meta.url));
const backend = join(root, "packages/cli/test/fixtures/scripted-plugin.mjs");

interface Verdict {
  readonly valid: boolean;
  readonly cause?: string;
  readonly feedback: string;
}

const verdictOn = (
  code: string,
  { data_dir, goal, eval: words }: ReturnType<typeof frozenCases>[number]["task"],
): Verdict => {
  const folder = mkdtempSync(join(tmpdir(), "aide-fixes-"));
  writeFileSync(join(folder, "script.py"), code);
  const keys = [
    `data_dir=${data_dir}`,
    `goal=${goal}`,
    `eval=${words}`,
    `backend.use=${backend}`,
    "strategies=[]",
    "budget.steps=1",
    "refit=false",
    "seed=0",
  ];
  const { stderr } = spawnSync(join(root, "node_modules/.bin/aide"), ["run", ...keys, "--from", "script.py"], {
    cwd: folder,
    encoding: "utf8",
  });
  const logs = join(folder, "logs");
  const solutions = join(logs, readdirSync(logs)[0] ?? "", "solutions");
  const [first] = readdirSync(solutions);
  if (first === undefined) throw new Error(stderr);
  return JSON.parse(readFileSync(join(solutions, first, "evaluation.json"), "utf8"));
};

let wrong = 0;
for (const { name, task, code, failure, fix } of frozenCases()) {
  if (wanted.length > 0 && !wanted.some((part) => name.includes(part))) continue;
  const draft = verdictOn(code, task);
  const repaired = fix === undefined ? undefined : verdictOn(fix, task);
  const ok = !draft.valid && draft.cause === failure.cause && repaired?.valid === true;
  if (!ok) wrong++;
  const first = (text: string | undefined) => text?.split("\n")[0] ?? "";
  console.log(
    `${ok ? "ok   " : "WRONG"}  ${name}  draft: ${first(draft.feedback)}  fix: ${repaired === undefined ? "none" : first(repaired.feedback)}`,
  );
}
process.exitCode = wrong === 0 ? 0 : 1;
