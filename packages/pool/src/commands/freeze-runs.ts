import { resolve } from "node:path";
import { findRun } from "@aide-ts/run/record";
import { counted } from "@aide-ts/run/report";
import writeFileAtomic from "write-file-atomic";
import { finishedRun } from "../pool/finished-run.ts";
import { freeze, type FinishedRun } from "../pool/freeze.ts";
import { renderPool } from "../pool/pool-file.ts";
import type { CommandShell } from "./command-shell.ts";

/** `aide pool freeze`: keeps what runs of one task found, with what their scripts submitted. */
export const freezeRuns = async (
  { host: { cwd }, out: print, err }: Pick<CommandShell, "host" | "out" | "err">,
  { out = "pool.json" }: { readonly out: string | undefined },
  ...names: readonly string[]
): Promise<number> => {
  const wanted = names.length === 0 ? [undefined] : names;
  const folders = await Promise.all(wanted.map((name) => findRun(name, cwd)));
  const runs: FinishedRun[] = [];
  for (const logs of new Set(folders)) {
    const { ended, ...run } = await finishedRun(logs);
    if (!ended) err(`note     ${run.name} has not ended: it is frozen as far as its log goes.`);
    runs.push(run);
  }
  if (new Set(runs.map(({ rows }) => rows)).size > 1)
    err("note     The runs held back different rows, as their seeds say: what they submitted is left out.");
  const pool = freeze(runs);
  await writeFileAtomic(resolve(cwd, out), renderPool(pool));
  const count = (holds: (node: (typeof pool.nodes)[number]) => boolean) => pool.nodes.filter(holds).length;
  print(
    `${out}   ${counted(pool.nodes.length, "solution")} of ${counted(runs.length, "run")}, ${count(({ operator }) => operator === "draft")} of them drafts, ${count(({ seen }) => seen.valid)} valid, ${count(({ predictions }) => predictions !== undefined)} with what they submitted`,
  );
  return 0;
};
