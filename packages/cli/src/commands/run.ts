import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { AideError } from "@aide-ts/plugin";
import { createRunFolders, discardUnbegun, openTask } from "@aide-ts/run";
import type { Shell } from "../shell.ts";
import { runHost } from "../run-host.ts";
import { makeReady } from "../setup/make-ready.ts";
import { readConfigArguments } from "../terminal/config-arguments.ts";
import { followRun } from "../terminal/follow-run.ts";
import { scriptUnreadable } from "../errors.ts";

interface RunFlags {
  readonly from: string | undefined;
  readonly yes: boolean | undefined;
  readonly data: string | undefined;
  readonly unseal: boolean | undefined;
}

/** `aide run`: where no row can be held back, the person who watches is asked whether to go on. */
export const run = async (shell: Shell, flags: RunFlags, ...args: readonly string[]): Promise<number> => {
  try {
    return await runAsGiven(shell, flags, args);
  } catch (error) {
    if (shell.ask === undefined || !(error instanceof AideError) || !unheld.includes(error.code)) throw error;
    const answer = await shell.ask(`${error.message} Go on with the score that scripts print of themselves? [y/N] `);
    if (!/^y(es)?$/i.test(answer.trim())) throw error;
    return await runAsGiven(shell, { ...flags, yes: true }, args);
  }
};

/** Why no row is held back: scripts can be trusted instead. */
const unheld = ["AIDE_NOTHING_HELD_BACK", "AIDE_TARGET_UNCLEAR"];

const runAsGiven = async (
  shell: Shell,
  { from, yes, data, unseal }: RunFlags,
  args: readonly string[],
): Promise<number> => {
  // Kept with the run, so that a resume need not be asked again.
  const given = [
    ...args,
    ...(yes === true ? ["holdout.required=false"] : []),
    ...(data === undefined ? [] : [`mlebench_dir=${data}`]),
    ...(unseal === true ? ["unseal=true"] : []),
  ];
  const { warnings, ...task } = await openTask(await readConfigArguments(given, shell), runHost(shell));
  for (const warning of warnings) shell.err(`note     ${warning}`);
  const initialScript = await readScript(from, shell.cwd);
  const { config } = task;
  const folders = await createRunFolders(
    resolve(shell.cwd, config.log_dir),
    resolve(shell.cwd, config.workspace_dir),
    config.exp_name,
  );
  try {
    await makeReady(task.plugins, shell);
    shell.out(`run      ${folders.name}`);
    return await followRun({ ...task, folders, initialScript, startedAt: Date.now() }, shell);
  } finally {
    await discardUnbegun(folders);
  }
};

const readScript = async (path: string | undefined, cwd: string): Promise<string | undefined> => {
  if (path === undefined) return undefined;
  const script = await readFile(resolve(cwd, path), "utf8").catch((cause: unknown) => {
    throw scriptUnreadable(path, cause);
  });
  if (script.trim() === "") throw scriptUnreadable(path, "it is empty");
  return script;
};
