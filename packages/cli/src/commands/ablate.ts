import { basename, join, relative, resolve } from "node:path";
import {
  analyse,
  cellsOf,
  checkArms,
  conduct,
  describeDesign,
  describePower,
  freezePlan,
  launchFolderOf,
  makeCells,
  notComparable,
  openCapsule,
  openLauncher,
  packCapsule,
  readFrozenPlan,
  readOutcome,
  readPlan,
  renderAnalysis,
  thawPlan,
  writeReport,
  type CellOutcome,
  type Plan,
} from "@aide-ts/ablation";
import { version } from "@aide-ts/run/host";
import { execa } from "execa";
import { runHost } from "../run-host.ts";
import { makeReady } from "../setup/make-ready.ts";
import type { Shell } from "../shell.ts";

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
  const { cwd, secrets, signal } = shell;
  const file = resolve(cwd, path);
  const plan = await readPlan(file);
  if (flags.dryRun === true) {
    for (const line of describeDesign(plan)) shell.out(line);
    return 0;
  }
  const opened = await checkArms(plan, file, runHost(shell));
  const root = resolve(cwd, flags.out ?? join("ablations", plan.name));
  const { mask } = secrets;
  const freezing = { file, version: version(), at: new Date(), mask, addSeeds: flags.addSeeds };
  const { launcher: use, jobs } = flags;
  await using launcher = await openLauncher({ file, use, jobs, root, onProgress: shell.err }, runHost(shell));
  const frozen = await freezePlan(root, plan, freezing);
  for (const { plugins } of opened) await makeReady(plugins, shell);
  const outcomes = await conduct({
    plan: frozen,
    root,
    launcher,
    command: [...program(), "cells", root],
    launchFolder: launchFolderOf(root),
    grade: async (folders) => {
      const [command = "", ...args] = program();
      await execa(command, [...args, "grade", ...folders], {
        cwd,
        cancelSignal: signal,
        stdout: "ignore",
        stderr: "inherit",
      });
    },
    notify: shell.out,
    signal,
  });
  return tell(shell, flags, root, frozen, outcomes);
};

/** `aide cells`: what launchers start. Makes cells by their numbers. */
export const cells = async (
  shell: Shell,
  _flags: object,
  root: string,
  ...numbers: readonly string[]
): Promise<number> => {
  const { plan, file } = await thawPlan(root, shell.secrets.mask);
  const all = cellsOf(plan);
  const wanted = numbers.flatMap((number) => all[Number(number)] ?? []);
  const options = {
    plan,
    root,
    file,
    host: runHost(shell),
    observe: () => undefined,
    notify: shell.out,
    signal: shell.signal,
  };
  await makeCells(wanted, options, ({ folder }, { ending }) => shell.out(`${folder}: ${ending.kind}`));
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
  await using opened = path.endsWith(".tgz") ? await openCapsule(path) : undefined;
  const root = opened?.root ?? path;
  const { plan } = await readFrozenPlan(root);
  const outcomes = await Promise.all(cellsOf(plan).map((cell) => readOutcome(cell, root)));
  // A capsule is left as it is.
  const beside = opened === undefined ? root : undefined;
  return tell(shell, flags, out === undefined ? beside : resolve(shell.cwd, out), plan, outcomes);
};

/** `aide capsule`: all that a report needs in one file, without data, model and labels. */
export const capsule = async (
  shell: Shell,
  { out }: { readonly out: string | undefined },
  folder: string,
): Promise<number> => {
  const root = resolve(shell.cwd, folder);
  const path = resolve(shell.cwd, out ?? `${basename(root)}.tgz`);
  const { files } = await packCapsule(root, path);
  shell.out(`capsule  ${relative(shell.cwd, path)}: ${files} files\nread it  aide report ${relative(shell.cwd, path)}`);
  return 0;
};

/** Prints the report, and writes it into a folder where one is given. */
const tell = async (
  shell: Shell,
  { allowMismatch = false }: Pick<AblateFlags, "allowMismatch">,
  folder: string | undefined,
  plan: Plan,
  outcomes: readonly CellOutcome[],
): Promise<number> => {
  const analysis = analyse(plan, outcomes);
  if (analysis.mismatches.length > 0 && !allowMismatch) throw notComparable(analysis.mismatches);
  for (const line of renderAnalysis(plan, analysis)) shell.out(line);
  if (folder === undefined) return 0;
  const page = await writeReport(folder, plan, analysis, outcomes);
  shell.out(`\nreport   ${relative(shell.cwd, page)}`);
  return 0;
};

/** `aide power`: what the design of an ablation can find. */
export const power = async (shell: Shell, _flags: object, path: string): Promise<number> => {
  for (const line of describePower(await readPlan(resolve(shell.cwd, path)))) shell.out(line);
  return 0;
};
