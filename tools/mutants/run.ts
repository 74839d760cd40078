// Takes each defence down in turn, in a copy of the project, and runs the tests that must notice: `run.ts [part of a name …]`, or `run.ts 2/3`, the second third.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Defence } from "./defence.ts";
import { defences } from "./defences.ts";
import { sourcesOf } from "./source.ts";
import { without } from "./without.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const wanted = process.argv.slice(2);
const share = /^(\d+)\/(\d+)$/.exec(wanted[0] ?? "");
const [, part = "1", parts = "1"] = share ?? [];
const names = share === null ? wanted : wanted.slice(1);
const chosen = defences
  .filter((_, at) => at % Number(parts) === Number(part) - 1)
  .filter(({ name }) => names.length === 0 || names.some((one) => name.includes(one)));

/** Seconds. Longer than any of the tests: a mutant that hangs is noticed, too. */
const patience = 240;

const configs = ["vitest.config.ts", "package.json", "tsconfig.json", "tsconfig.base.json", "tsconfig.test.json"];

/** A copy of the project's sources, to spoil. */
const copyProject = (): string => {
  const copy = mkdtempSync(join(tmpdir(), "aide-mutants-"));
  for (const part of ["packages", "tools", "docs", ...configs])
    cpSync(join(root, part), join(copy, part), {
      recursive: true,
      verbatimSymlinks: true,
      filter: (path) => basename(path) !== "dist",
    });
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
  return copy;
};

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

const test = async (copy: string, seconds: number, workers: number, paths: readonly string[]): Promise<Result> => {
  const file = join(copy, "result.json");
  rmSync(file, { force: true });
  const flags = [`--maxWorkers=${workers}`, "--bail=1", "--reporter=json", `--outputFile=${file}`];
  // `timeout` ends what hangs with its workers, which would keep a core busy for ever.
  const child = spawn(
    "timeout",
    ["--signal=KILL", String(seconds), join(root, "node_modules/.bin/vitest"), "run", ...flags, ...paths],
    { cwd: copy, stdio: "ignore", env: { ...process.env, AIDE_FUZZ: "500" } },
  );
  const [status]: unknown[] = await once(child, "exit");
  if (status === null || status === 137) return { failed: [], passed: 0, hung: true };
  const { numPassedTests, testResults }: Report = JSON.parse(readFileSync(file, "utf8"));
  const failed = testResults.flatMap(({ assertionResults }) =>
    assertionResults.flatMap(({ status, fullName }) => (status === "failed" ? [fullName] : [])),
  );
  return { failed, passed: numPassedTests, hung: false };
};

const takeDown = async (copy: string, defence: Defence): Promise<Result> => {
  const { path, text } = without(defence, sourcesOf(root, defence.package));
  writeFileSync(join(copy, path), text);
  try {
    return await test(copy, defence.hangs ?? patience, 1, defence.tests);
  } finally {
    copyFileSync(join(root, path), join(copy, path));
  }
};

const copies = Array.from({ length: availableParallelism() }, copyProject);
const unnoticed: string[] = [];
const left = [...chosen];

const work = async (copy: string): Promise<void> => {
  for (let defence = left.shift(); defence !== undefined; defence = left.shift()) {
    const started = performance.now();
    const { failed, hung } = await takeDown(copy, defence);
    const seconds = Math.round((performance.now() - started) / 1000);
    const noticed = failed.length > 0 || hung;
    if (!noticed) unnoticed.push(defence.name);
    console.log(
      `${noticed ? (hung ? "hung   " : "noticed") : "MISSED "} ${String(seconds).padStart(4)} s  ${defence.name}`,
    );
  }
};

try {
  const [first = root] = copies;
  const sound = await test(first, 600, copies.length, [...new Set(chosen.flatMap(({ tests }) => tests))]);
  if (sound.failed.length > 0 || sound.passed === 0)
    throw new Error(`The tests fail as they are: fix them first. ${JSON.stringify(sound)}`);
  await Promise.all(copies.map(work));
} finally {
  for (const copy of copies) rmSync(copy, { recursive: true, force: true });
}
console.log(`\n${chosen.length - unnoticed.length} of ${chosen.length} defences are guarded by a test.`);
process.exitCode = unnoticed.length === 0 ? 0 : 1;
