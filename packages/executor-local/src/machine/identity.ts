import { readFile } from "node:fs/promises";
import { execa } from "execa";
import { z } from "zod";

export const identity = z.object({ pid: z.int().positive(), start: z.string().min(1) });

/** A process told from a later one with the same number by when it started. */
export type Identity = z.output<typeof identity>;

const startOf = async (pid: number): Promise<string | undefined> => {
  if (process.platform === "linux") {
    try {
      const [stat, boot] = await Promise.all([
        readFile(`/proc/${pid}/stat`, "utf8"),
        readFile("/proc/sys/kernel/random/boot_id", "utf8"),
      ]);
      // The command's name, in parentheses, may hold spaces. Behind it: the state, and as 20th the start.
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      const [state, start] = [fields[0], fields[19]];
      return start === undefined || state === "Z" || state === "X" ? undefined : `${boot.trim()}/${start}`;
    } catch {
      return undefined;
    }
  }
  const asked = await execa("ps", ["-o", "lstart=", "-p", String(pid)], {
    reject: false,
    timeout: 5000,
    env: { LC_ALL: "C" },
  });
  const start = asked.stdout?.trim();
  return start === undefined || start === "" ? undefined : start;
};

/** `undefined` where no such process runs. */
export const identify = async (pid: number): Promise<Identity | undefined> => {
  const start = await startOf(pid);
  return start === undefined ? undefined : { pid, start };
};

export const isAlive = async (known: Identity): Promise<boolean> => (await startOf(known.pid)) === known.start;
