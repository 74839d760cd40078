import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";

/** `start` is missing where the system does not show it. */
export type Sighting =
  | { readonly kind: "running"; readonly start?: string | undefined }
  | { readonly kind: "gone" }
  | { readonly kind: "unseen" };

/** Linux. The boot is part of it, because processes count their start from there. */
export const seenInProc = async (pid: number): Promise<Sighting> => {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, "utf8");
    const boot = await readFile("/proc/sys/kernel/random/boot_id", "utf8").catch(() => "");
    // The command's name, in parentheses, may hold spaces. Behind it: the state, and as 20th the start.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const [state, start] = [fields[0], fields[19]];
    if (state === "Z" || state === "X") return { kind: "gone" };
    return { kind: "running", start: start === undefined ? undefined : `${boot.trim()}/${start}` };
  } catch {
    return { kind: "unseen" };
  }
};

const run = promisify(execFile);

export const seenByPs = async (pid: number): Promise<Sighting> => {
  try {
    // `ps` words the time for the reader's language and time zone.
    const env = { PATH: "/bin:/usr/bin", LC_ALL: "C", TZ: "UTC" };
    const { stdout } = await run("ps", ["-o", "stat=", "-o", "lstart=", "-p", String(pid)], { env, timeout: 5000 });
    const [, state, start] = /^\s*(\S+)\s+(\S.*\S)\s*$/.exec(stdout) ?? [];
    if (state === undefined) return { kind: "unseen" };
    return state.startsWith("Z") ? { kind: "gone" } : { kind: "running", start };
  } catch {
    return { kind: "unseen" };
  }
};
