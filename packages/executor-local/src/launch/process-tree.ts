import { readdir, readFile } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";
import { errorCode, folderVariable } from "@aide-ts/executor-kit";

/** Sends to a whole process group; false where it is empty. */
export const signalGroup = (pid: number, signal: NodeJS.Signals): boolean => signalProcess(-pid, signal);

/** False where it has ended. */
export const signalProcess = (pid: number, signal: NodeJS.Signals): boolean => {
  try {
    process.kill(pid, signal);
    return true;
  } catch (error) {
    // macOS answers EPERM for a group of zombies.
    if (errorCode(error) === "ESRCH" || errorCode(error) === "EPERM") return false;
    throw error;
  }
};

/** Processes started below an execution's folder, wherever they moved to: their environment names it. Linux only; elsewhere none. */
const markedProcesses = async (folder: string): Promise<readonly number[]> => {
  if (process.platform !== "linux") return [];
  const mark = `${folderVariable}=${folder}`;
  const found = await Promise.all(
    (await readdir("/proc")).map(async (name) => {
      if (!/^\d+$/.test(name)) return [];
      try {
        const variables = (await readFile(`/proc/${name}/environ`, "utf8")).split("\0");
        return variables.includes(mark) ? [Number(name)] : [];
      } catch {
        return []; // It ended meanwhile, or is another user's.
      }
    }),
  );
  return found.flat();
};

/** Kills the group (0: none is known) and all marked processes, again until none is left: one may fork while we look. */
export const killTree = async (group: number, folder: string): Promise<void> => {
  for (let round = 0; round < 100; round++) {
    const grouped = group > 0 && signalGroup(group, "SIGKILL");
    const marked = await markedProcesses(folder);
    for (const pid of marked) {
      signalProcess(pid, "SIGKILL");
    }
    if (!grouped && marked.length === 0) return;
    await pause(Math.min(5 + round, 50));
  }
};
