import { writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { frozenCases, readArms, repairTables, runRepairBench, type RepairCase } from "@aide-ts/repair-bench";
import { counted } from "@aide-ts/run/report";
import type { Shell } from "../shell.ts";
import { runHost } from "../run-host.ts";
import { readConfigArguments } from "../terminal/config-arguments.ts";
import { makeReady } from "../setup/make-ready.ts";
import { casesUnknown } from "../errors.ts";

interface BenchFlags {
  readonly arms: string | undefined;
  readonly only: string | undefined;
  readonly cases: string | undefined;
  readonly out: string | undefined;
}

/** `aide bench repair`: repair strategies, each on the same frozen drafts that failed. */
export const benchRepair = async (shell: Shell, flags: BenchFlags, ...args: readonly string[]): Promise<number> => {
  const cases = chosenCases(frozenCases(), flags.cases);
  const arms = await readArms(flags.arms, flags.only, shell.cwd);
  const out = resolve(shell.cwd, flags.out ?? join("logs", "repair-bench"));
  const host = runHost(shell);
  const raw = await readConfigArguments(args, shell);
  const rows = await runRepairBench({
    raw,
    cases,
    arms,
    out,
    host,
    signal: shell.signal,
    notify: shell.out,
    prepare: (plugins) => makeReady(plugins, shell),
  });
  const names = arms.arms.map(({ name }) => name);
  const beside = ["resample", "edit-without-critique", "sham-critique"].filter((name) => names.includes(name));
  const tables = repairTables(rows, names, beside);
  await writeFile(join(out, "repair.md"), `${tables}\n`);
  shell.out(`\n${tables}\n\nwritten  ${join(out, "repair.md")}`);
  const failed = cases.length * arms.arms.length - rows.length;
  if (failed === 0) return 0;
  shell.out(
    `\n${counted(failed, "cell")} failed, and the tables are without ${failed === 1 ? "it" : "them"}. The same command goes on with what is missing.`,
  );
  return 1;
};

/** So many, or those whose names begin as one of these. */
const chosenCases = (all: readonly RepairCase[], wanted: string | undefined): readonly RepairCase[] => {
  if (wanted === undefined) return all;
  if (/^\d+$/.test(wanted) && Number(wanted) > 0) return all.slice(0, Number(wanted));
  const beginnings = wanted.split(",").map((name) => name.trim());
  const chosen = all.filter(({ name }) =>
    beginnings.some((beginning) => beginning !== "" && name.startsWith(beginning)),
  );
  if (chosen.length > 0) return chosen;
  throw casesUnknown(wanted);
};
