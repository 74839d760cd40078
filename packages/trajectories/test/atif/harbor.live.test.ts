import { execFileSync } from "node:child_process";
import { globSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { sketchChains } from "@aide-ts/testing";
import { beforeAll, describe, expect, it } from "vitest";
import { findRecordedRuns } from "@aide-ts/run/record";
import { readRecordedRun, runTrajectory } from "../../src/index.ts";
import { playedRun, temporary } from "../made-up.ts";

const results = fileURLToPath(new URL("../../../../docs/results/", import.meta.url));

/** Validates all files that are named, and prints the errors of each. */
const program = `
import json, sys
from harbor.utils.trajectory_validator import TrajectoryValidator
validator = TrajectoryValidator()
print(json.dumps({path: (validator.validate(path), validator.get_errors())[1] for path in sys.argv[1:]}))
`;

const isNewEnough = (python: string): boolean => {
  try {
    execFileSync(python, ["-c", "import sys, venv; sys.exit(sys.version_info < (3, 12))"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
};

const newPython = [
  "python3",
  "python3.13",
  "python3.12",
  ...globSync(join(homedir(), ".pyenv/versions/3.1[2-9]*/bin/python3")),
].find(isNewEnough);
if (newPython === undefined)
  console.log("Harbor needs Python 3.12, which is not here: trajectories are not shown to its validator.");

let python: string;

/** What Harbor finds wrong with documents. */
const errorsIn = (documents: readonly unknown[]): readonly (readonly string[])[] => {
  const folder = temporary();
  const files = documents.map((document, at) => {
    const file = join(folder, `${at}.json`);
    writeFileSync(file, JSON.stringify(document));
    return file;
  });
  const told: Readonly<Record<string, readonly string[]>> = JSON.parse(
    execFileSync(python, ["-c", program, ...files], { encoding: "utf8" }),
  );
  return files.map((file) => told[file] ?? ["not looked at"]);
};

describe.skipIf(newPython === undefined)("Harbor's own validator", () => {
  beforeAll(() => {
    const folder = join(temporary(), "harbor");
    execFileSync(newPython!, ["-m", "venv", folder]);
    python = join(folder, "bin", "python");
    const install = (...args: readonly string[]) =>
      execFileSync(python, ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", ...args], {
        stdio: ["ignore", "ignore", "pipe"],
      });
    // What its validator needs of it, and no more: the rest brings a hundred packages.
    install("--no-deps", "harbor==0.26.0");
    install("pydantic==2.14.4");
  }, 300_000);

  it("finds nothing wrong with runs of all chains, and with logs of real models", { timeout: 120_000 }, async () => {
    const played = await Promise.all(Object.values(sketchChains).map((strategies) => playedRun({ strategies })));
    const kept = [];
    for (const found of await findRecordedRuns([results], "/")) kept.push(await readRecordedRun(found));
    const documents = [...played.map(({ run }) => run), ...kept].map(runTrajectory);
    expect(documents.length).toBeGreaterThan(40);
    expect(errorsIn(documents).flat()).toEqual([]);
  });

  it("finds what is wrong", async () => {
    const { run } = await playedRun();
    const sound = runTrajectory(run);
    const [first] = sound.steps;
    expect(
      errorsIn([
        { ...sound, unknown: 1 },
        { ...sound, steps: [{ ...first, step_id: 2 }] },
        { ...sound, subagent_trajectories: [{ ...sound, trajectory_id: undefined }] },
      ]).map((errors) => errors.length),
    ).toEqual([1, 1, 1]);
  });
});
