// Takes each defence down in turn, in a copy of the project, and runs the tests that must notice: `run.ts [part of a name …]`.
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Defence } from "./defence.ts";
import { defences } from "./defences.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const copy = mkdtempSync(join(tmpdir(), "aide-mutants-"));
const wanted = process.argv.slice(2);
const chosen = defences.filter(({ name }) => wanted.length === 0 || wanted.some((part) => name.includes(part)));

/** Seconds. Longer than any of the tests: a mutant that hangs is noticed, too. */
const patience = 240;

const configs = ["vitest.config.ts", "package.json", "tsconfig.json", "tsconfig.base.json", "tsconfig.test.json"];
for (const part of ["packages", "tools", "docs", ...configs])
  cpSync(join(root, part), join(copy, part), {
    recursive: true,
    verbatimSymlinks: true,
    filter: (path) => basename(path) !== "dist",
  });
symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));

interface Result {
  /** Names of the tests that failed. */
  readonly failed: readonly string[];
  readonly passed: number;
  readonly hung: boolean;
}

/** What vitest's JSON reporter writes, as far as it is read here. */
interface Report {
  readonly numPassedTests: number;
  readonly testResults: readonly {
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}

const test = (seconds: number, paths: readonly string[]): Result => {
  const file = join(copy, "result.json");
  rmSync(file, { force: true });
  const args = ["run", "--bail=1", "--reporter=json", `--outputFile=${file}`, ...paths];
  // `timeout` ends what hangs with its workers, which would keep a core busy for ever.
  const { status } = spawnSync(
    "timeout",
    ["--signal=KILL", String(seconds), join(root, "node_modules/.bin/vitest"), ...args],
    { cwd: copy, stdio: "ignore", env: { ...process.env, AIDE_FUZZ: "500" } },
  );
  if (status === null || status === 137) return { failed: [], passed: 0, hung: true };
  const { numPassedTests, testResults }: Report = JSON.parse(readFileSync(file, "utf8"));
  const failed = testResults.flatMap(({ assertionResults }) =>
    assertionResults.flatMap(({ status, fullName }) => (status === "failed" ? [fullName] : [])),
  );
  return { failed, passed: numPassedTests, hung: false };
};

const takeDown = ({ file, from, to, tests, hangs }: Defence): Result => {
  const path = join(copy, file);
  const source = readFileSync(path, "utf8");
  writeFileSync(
    path,
    source.replace(from, () => to),
  );
  try {
    return test(hangs ?? patience, tests);
  } finally {
    writeFileSync(path, source);
  }
};

const unnoticed: string[] = [];
try {
  const sound = test(600, [...new Set(chosen.flatMap(({ tests }) => tests))]);
  if (sound.failed.length > 0 || sound.passed === 0)
    throw new Error(`The tests fail as they are: mend them first. ${JSON.stringify(sound)}`);
  for (const [at, defence] of chosen.entries()) {
    const { failed, hung } = takeDown(defence);
    const noticed = failed.length > 0 || hung;
    if (!noticed) unnoticed.push(defence.name);
    console.log(
      `${String(at + 1).padStart(3)}/${chosen.length}  ${noticed ? (hung ? "hung   " : "noticed") : "MISSED "}  ${defence.name}`,
    );
  }
} finally {
  rmSync(copy, { recursive: true, force: true });
}
console.log(`\n${chosen.length - unnoticed.length} of ${chosen.length} defences are guarded by a test.`);
process.exitCode = unnoticed.length === 0 ? 0 : 1;
