import { homedir } from "node:os";
import { basename, join, relative, resolve } from "node:path";
import {
  analyse,
  cellsOf,
  describeDesign,
  describePower,
  makeNumberedCells,
  notComparable,
  openArms,
  openCapsule,
  packCapsule,
  readFrozenPlan,
  readOutcomes,
  readPlan,
  progressLine,
  progressTable,
  renderAnalysis,
  runAblation,
  writeReport,
  type CellOutcome,
  type FrozenPlan,
  type Progress,
  type WorkerArguments,
} from "@aide-ts/ablation";
import { runHost } from "../run-host.ts";
import { makeReady } from "../setup/make-ready.ts";
import type { Shell } from "../shell.ts";
import { StatusLine } from "../terminal/status-line.ts";

interface AblateFlags {
  readonly out: string | undefined;
  readonly launcher: string | undefined;
  readonly jobs: number | undefined;
  readonly addSeeds: number | undefined;
  readonly dryRun: boolean | undefined;
  readonly allowMismatch: boolean | undefined;
}

/** This very program, for processes that make cells and grade. */
const program = (): readonly string[] => [process.execPath, ...process.execArgv, process.argv[1] ?? ""];

/** `aide ablate`: freezes the plan, has its cells made and graded, and reports. The same command continues where it was stopped. */
export const ablate = async (shell: Shell, flags: AblateFlags, path: string): Promise<number> => {
  const { launcher, jobs, addSeeds } = flags;
  const [file, host] = [resolve(shell.cwd, path), runHost(shell)];
  const plan = await readPlan(file);
  const root = resolve(shell.cwd, flags.out ?? join("ablations", plan.name));
  if (flags.dryRun === true) {
    const opened = await openArms(plan, file, host);
    for (const line of await describeDesign({ plan, opened, root, jobs: jobs ?? 1 })) shell.out(line);
    return 0;
  }
  const view = progressView(shell);
  const outcomes = await runAblation({
    plan,
    file,
    root,
    launcher,
    jobs,
    addSeeds,
    host,
    signal: shell.signal,
    program: program(),
    makeReady: (plugins) => makeReady(plugins, shell),
    notify: view.line,
    log: shell.err,
    observe: view.observe,
  });
  view.close();
  return tell(shell, flags, root, await readFrozenPlan(root), outcomes);
};

/** `aide cells`: what launchers start. Makes cells by their numbers. */
export const cells = async (
  shell: Shell,
  shared: WorkerArguments,
  root: string,
  ...numbers: readonly string[]
): Promise<number> => {
  const { out: notify, err: log, signal } = shell;
  await makeNumberedCells({ root, numbers: numbers.map(Number), shared, host: runHost(shell), notify, log, signal });
  return shell.signal.aborted ? 130 : 0;
};

/** `aide report`: what an ablation shows, from its folder or a capsule alone. */
export const report = async (
  shell: Shell,
  flags: Pick<AblateFlags, "out" | "allowMismatch">,
  what: string,
): Promise<number> => {
  const { out } = flags;
  const path = resolve(shell.cwd, what);
  await using opened = /\.(tar\.zst|tgz)$/.test(path) ? await openCapsule(path) : undefined;
  const root = opened?.root ?? path;
  const frozen = await readFrozenPlan(root);
  const outcomes = await readOutcomes(cellsOf(frozen.plan), root);
  // A capsule is left as it is.
  const beside = opened === undefined ? root : undefined;
  return tell(shell, flags, out === undefined ? beside : resolve(shell.cwd, out), frozen, outcomes);
};

/** `aide capsule`: all that a report needs in one file, without data, model and labels. */
export const capsule = async (
  shell: Shell,
  { out }: { readonly out: string | undefined },
  folder: string,
): Promise<number> => {
  const root = resolve(shell.cwd, folder);
  const path = resolve(shell.cwd, out ?? `${basename(root)}.tar.zst`);
  const { files } = await packCapsule(root, path, homedir());
  shell.out(`capsule  ${relative(shell.cwd, path)}: ${files} files\nread it  aide report ${relative(shell.cwd, path)}`);
  return 0;
};

/** Prints the report, and writes it into a folder where one is given. */
const tell = async (
  shell: Shell,
  { allowMismatch = false }: Pick<AblateFlags, "allowMismatch">,
  folder: string | undefined,
  frozen: FrozenPlan,
  outcomes: readonly CellOutcome[],
): Promise<number> => {
  const { plan } = frozen;
  const analysis = analyse(plan, outcomes);
  if (analysis.mismatches.length > 0 && !allowMismatch) throw notComparable(analysis.mismatches);
  for (const line of renderAnalysis(plan, analysis, frozen)) shell.out(line);
  if (folder === undefined) return 0;
  const page = await writeReport(folder, plan, analysis, outcomes, frozen);
  shell.out(`\nreport   ${relative(shell.cwd, page)}`);
  return 0;
};

/** `aide power`: what the design of an ablation can find. */
export const power = async (shell: Shell, _flags: object, path: string): Promise<number> => {
  for (const line of describePower(await readPlan(resolve(shell.cwd, path)))) shell.out(line);
  return 0;
};

/** A table that is drawn again where a person watches, elsewhere a line for each tenth of the cells. */
const progressView = (shell: Shell) => {
  const status = new StatusLine(shell);
  let tenths = 0;
  return {
    line: (text: string) => status.line(text),
    observe: (progress: Progress) => {
      if (shell.interactive) status.show(progressTable(progress).join("\n"), { last: true });
      const now = Math.floor((10 * progress.made) / progress.cells);
      if (!shell.interactive && now > tenths) shell.out(progressLine(progress));
      tenths = now;
    },
    close: () => status.keep(),
  };
};
