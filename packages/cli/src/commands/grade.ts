import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import {
  checkGrading,
  gradeRun,
  Graders,
  renderGrade,
  renderManyGrades,
  renderRunGrades,
  type RunGrades,
} from "@aide-ts/grading";
import { readRawConfig, readyTask } from "@aide-ts/run";
import { findRuns, readRecord } from "@aide-ts/run/record";
import { taskNotNamed } from "../errors.ts";
import { runHost } from "../run-host.ts";
import { makeReady } from "../setup/make-ready.ts";
import type { Shell } from "../shell.ts";
import { findTaskIn, scriptExecutor } from "../task-host.ts";

interface GradeFlags {
  readonly task: string | undefined;
  readonly json: boolean | undefined;
}

const gradersIn = (shell: Shell): Graders =>
  new Graders({
    find: (name) => findTaskIn(name, shell),
    executor: () => scriptExecutor(shell),
    signal: shell.signal,
  });

/** `aide grade`: what runs are worth on report labels. Nothing that runs a script is loaded here, but the Python of a task's own grader. */
export const grade = async (
  shell: Shell,
  { task, json = false }: GradeFlags,
  ...words: readonly string[]
): Promise<number> => {
  await using graders = gradersIn(shell);
  if (task !== undefined && words[0]?.endsWith(".csv") === true) {
    const { labels, grade: gradeOne } = await graders.of(task);
    for (const path of words) {
      const graded = await gradeOne(await readFile(resolve(shell.cwd, path)));
      shell.out(json ? JSON.stringify(graded) : renderGrade(path, graded, labels));
    }
    return 0;
  }
  const all: RunGrades[] = [];
  for (const logs of await findRuns(words, shell.cwd)) {
    const name = task ?? (await readRecord(logs)).origin?.["task"];
    if (typeof name !== "string") throw taskNotNamed(logs);
    const { labels, grade: gradeOne } = await graders.of(name);
    all.push(await gradeRun(logs, labels, gradeOne));
  }
  const [only, ...others] = all;
  if (json) shell.out(JSON.stringify(all, undefined, 1));
  else if (only !== undefined)
    for (const line of others.length === 0 ? renderRunGrades(only) : renderManyGrades(all)) shell.out(line);
  return 0;
};

/** `aide tasks check`: a rehearsal of each task, and its grader held against submissions whose grade is known. */
export const check = async (shell: Shell, _flags: object, ...names: readonly string[]): Promise<number> => {
  await using graders = gradersIn(shell);
  let failed = 0;
  for (const name of names) {
    const { labels, grade: gradeOne } = await graders.of(name);
    const problems = [...(await rehearse(name, shell)), ...(await checkGrading(labels, gradeOne))];
    shell.out(`${labels.task.name}   ${problems.length === 0 ? "sound" : problems.join(" ")}`);
    if (problems.length > 0) failed++;
  }
  return failed === 0 ? 0 : 1;
};

const rehearse = async (task: string, shell: Shell): Promise<readonly string[]> => {
  const host = runHost(shell);
  await using ready = await readyTask(await readRawConfig("none", { task, unseal: true }, host), host, {
    signal: shell.signal,
    log: shell.err,
    makeReady: (executor) => makeReady({ executor }, { ...shell, out: shell.err }),
  });
  const rehearsed = await ready.rehearse();
  return rehearsed.kind === "passed" ? [] : [`The skeleton does not work on it: ${rehearsed.why}`];
};
