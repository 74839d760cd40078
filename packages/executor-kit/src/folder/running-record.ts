import { mkdir, readdir, realpath, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Json } from "@aide-ts/plugin";
import { identify, isAlive } from "@aide-ts/process-lock";
import { z } from "zod";
import type { Launcher } from "../launcher.ts";
import { clearFolder, isId, type ExecutionFolder } from "./folder.ts";
import { readJson } from "./json-file.ts";

const record = z.object({
  owner: z.object({ pid: z.int().positive(), start: z.string().min(1) }),
  runner: z.json().optional(),
});

const records = ".running";

const recordPath = (folder: ExecutionFolder): string => join(folder.path, "..", records, `${folder.id}.json`);

/** Says who runs what in which folder, so that a later process can clear up if this one dies. Outside the script's folder. */
export const writeRecord = async (folder: ExecutionFolder, runner?: Json): Promise<void> => {
  const owner = await identify(process.pid);
  if (owner === undefined) return;
  await mkdir(join(folder.path, "..", records), { recursive: true });
  await writeFile(recordPath(folder), JSON.stringify({ owner, ...(runner === undefined ? {} : { runner }) }));
};

export const removeRecord = (folder: ExecutionFolder): Promise<void> => rm(recordPath(folder), { force: true });

/** Kills and clears what a process that died left in this workspace. Only what its own records name, and only if they are surely dead. */
export const sweep = async (workspaceFolder: string, launcher: Pick<Launcher, "killLeft">): Promise<void> => {
  const root = await realpath(workspaceFolder).catch(() => undefined);
  if (root === undefined) return;
  const names = await readdir(join(root, records)).catch(() => []);
  for (const name of names) {
    const id = name.replace(/\.json$/, "");
    const path = join(root, records, name);
    const known = await readJson(path, record);
    if (!isId(id) || known === undefined || (await isAlive(known.owner))) continue;
    await launcher.killLeft(join(root, id), known.runner);
    await clearFolder(join(root, id), { keepWorking: true });
    await rm(path, { force: true });
  }
};
