import { availableParallelism } from "node:os";
import { join } from "node:path";
import { gradeReferences, referencesFolder, runReferences, writeReferences } from "@aide-ts/grading";
import { cacheFolder } from "@aide-ts/run/host";
import { counted } from "@aide-ts/run/report";
import type { Shell } from "../shell.ts";
import { findTaskIn, suiteHost } from "../task-host.ts";
import { gradersIn } from "./grade.ts";

interface ReferencesFlags {
  readonly jobs: number | undefined;
  readonly only: string | undefined;
  readonly python: string | undefined;
}

/** FLAML needs packages that scripts do not have. */
const allButFlaml = "^(?!flaml)";

/** `aide tasks references`: scores of known ways to solve tasks, kept with their labels. */
export const references = async (
  shell: Shell,
  { jobs = availableParallelism(), only = allButFlaml, python }: ReferencesFlags,
  ...names: readonly string[]
): Promise<number> => {
  const out = join(cacheFolder(shell.env), "references");
  const tasks = await Promise.all(names.map((name) => findTaskIn(name, shell)));
  await runReferences({
    python: python ?? (await suiteHost(shell).python(shell.signal)),
    tasks,
    out,
    jobs,
    pipelines: only,
    variables: shell.env,
    signal: shell.signal,
    onLine: shell.err,
  });
  await using graders = gradersIn(shell);
  for (const task of tasks) {
    const { labels, grade } = await graders.of(task.name);
    const { rows, failed, open } = await gradeReferences(labels, grade, referencesFolder(out, task));
    await writeReferences(join(task.privateFolder, "references.csv"), rows);
    const left = [...failed.map(({ name }) => `${name} failed`), ...(open.length > 0 ? [`${open.length} open`] : [])];
    shell.out([`${task.name}   ${counted(rows.length, "reference")}`, ...left].join("; "));
  }
  return 0;
};
