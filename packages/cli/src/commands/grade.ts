import { resolve } from "node:path";
import { checkGrading, gradeFiles, gradeRuns, Graders } from "@aide-ts/grading";
import { readRawConfig, readyTask } from "@aide-ts/run";
import { findRuns } from "@aide-ts/run/record";
import { mleBenchDataRoot } from "@aide-ts/tasks";
import { runHost } from "../run-host.ts";
import { makeReady } from "../setup/make-ready.ts";
import type { Shell } from "../shell.ts";
import { findTaskIn, scriptExecutor } from "../task-host.ts";

interface GradeFlags {
  readonly task: string | undefined;
  readonly mlebench: string | undefined;
  readonly data: string | undefined;
  readonly leaderboards: string | undefined;
  readonly json: boolean | undefined;
}

/** Tasks with their labels, and what grades them. */
export const gradersIn = (shell: Shell): Graders => {
  const { signal } = shell;
  return new Graders({ find: (name) => findTaskIn(name, shell), executor: () => scriptExecutor(shell), signal });
};

/** What one submission may take of MLE-bench's graders. */
const timeoutMs = 600_000;

/** `aide grade`: what runs are worth on report labels. Nothing that runs a script is loaded here, but the Python of a task's own grader. */
export const grade = async (
  shell: Shell,
  { task, mlebench: competition, data, leaderboards, json = false }: GradeFlags,
  ...words: readonly string[]
): Promise<number> => {
  const { cwd, env, signal } = shell;
  await using graders = gradersIn(shell);
  const grading = {
    graders,
    task,
    competition,
    mlebench: {
      searchPath: env["PATH"] ?? "",
      ...(leaderboards === undefined ? {} : { leaderboards: resolve(cwd, leaderboards) }),
      createdAt: new Date(),
      timeoutMs,
      signal,
    },
    dataRoot: data === undefined ? undefined : resolve(cwd, data),
    usualDataRoot: mleBenchDataRoot(env, process.platform),
  };
  const files = words[0]?.endsWith(".csv") === true ? await gradeFiles(words, cwd, grading) : undefined;
  const { grades, lines } = files ?? (await gradeRuns(await findRuns(words, cwd), grading));
  for (const line of json ? [JSON.stringify(grades, undefined, 1)] : lines) shell.out(line);
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
