import { mkdir, readdir, rm, rmdir, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { dirname, join, resolve } from "node:path";
import { tryLock } from "@aide-ts/process-lock";
import { asSystemError } from "../system-error.ts";
import { isBegun } from "./record.ts";
import { uniqueNamesGenerator, adjectives, animals, colors } from "unique-names-generator";
import { folderUnwritable, noRuns, runFolderFull, runLocked, runNotFound } from "../errors/run-folder.ts";

export interface RunFolders {
  readonly name: string;
  readonly logs: string;
  readonly workspace: string;
}

/** The folders of a new run, `logs/<n>-<name>` and `workspaces/<n>-<name>`, as the seed names them. */
export const createRunFolders = async (
  logDir: string,
  workspaceDir: string,
  name: string | undefined,
): Promise<RunFolders> => {
  const numbers = [...(await entries(logDir)), ...(await entries(workspaceDir))].map((entry) =>
    Number.parseInt(entry, 10),
  );
  const next = Math.max(-1, ...numbers.filter(Number.isInteger)) + 1;
  const full = `${next}-${name ?? madeUp(`${next}:${logDir}`)}`;
  const folders = { name: full, logs: join(logDir, full), workspace: join(workspaceDir, full) };
  await make(folders.logs);
  await make(folders.workspace);
  return folders;
};

/** Takes away the folders of a run that failed before it began, and their parents where they are empty. */
export const discardUnbegun = async ({ logs, workspace }: RunFolders): Promise<void> => {
  if (await isBegun(logs)) return;
  for (const folder of [logs, workspace]) {
    await rm(folder, { recursive: true, force: true });
    await rmdir(dirname(folder)).catch(() => undefined);
  }
};

const madeUp = (seed: string): string =>
  uniqueNamesGenerator({ dictionaries: [adjectives, colors, animals], separator: "-", seed });

const entries = (folder: string): Promise<string[]> => readdir(folder).catch(() => []);

const make = async (folder: string): Promise<void> => {
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, ".write-test"), "x".repeat(4096));
    await rm(join(folder, ".write-test"));
  } catch (cause) {
    await rm(folder, { recursive: true, force: true }).catch(() => undefined);
    const full = asSystemError(cause)?.code === "AIDE_DISK_FULL";
    throw full ? runFolderFull(folder, cause) : folderUnwritable(folder, cause);
  }
};

/** The run that a user names: by its folder, its name, the start of it, or the newest without. */
export const findRun = async (wanted: string | undefined, cwd: string, logDir = "logs"): Promise<string> => {
  const base = resolve(cwd, logDir);
  const runs = await listRuns(base);
  if (wanted === undefined) {
    const newest = runs.at(-1);
    if (newest === undefined) throw noRuns(base);
    return join(base, newest);
  }
  const direct = resolve(cwd, wanted);
  if (await isBegun(direct)) return direct;
  const found = runs.find((name) => name === wanted || name.startsWith(`${wanted}-`) || name.endsWith(`-${wanted}`));
  if (found === undefined) throw runNotFound(wanted, base, runs);
  return join(base, found);
};

/** Runs that a user names, each as one run or as a folder that holds several; the newest without. */
export const findRuns = async (wanted: readonly string[], cwd: string): Promise<readonly string[]> => {
  if (wanted.length === 0) return [await findRun(undefined, cwd)];
  const found: string[] = [];
  for (const one of wanted) {
    const folder = resolve(cwd, one);
    const inside = (await listRuns(folder)).map((name) => join(folder, name));
    found.push(...((await isBegun(folder)) || inside.length === 0 ? [await findRun(one, cwd)] : inside));
  }
  return found;
};

/** Names of the runs in a log folder, oldest first. */
export const listRuns = async (base: string): Promise<readonly string[]> =>
  (await entries(base))
    .filter((name) => /^\d+-/.test(name))
    .sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10));

/** Holds a run for this process; a run that a living process holds is refused. */
export const lockRun = async (logs: string): Promise<AsyncDisposable> => {
  const attempt = await tryLock(join(logs, "run.lock"));
  if (attempt.kind === "held") return attempt;
  throw runLocked(logs, attempt.owner, hostname());
};
