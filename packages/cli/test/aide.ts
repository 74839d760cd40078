import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const bin = fileURLToPath(new URL("../bin/aide.mjs", import.meta.url));
export const fixtures = fileURLToPath(new URL("./fixtures/", import.meta.url));

/** This process's environment, with the cache that holds the Python packages and models named. */
export const ownEnv = {
  ...process.env,
  XDG_CACHE_HOME: process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"),
};

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs the `aide` command as a process, as a user does. The cache with the Python environment is shared. */
export const aide = (
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Ended> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, [bin, ...args], { cwd, env: { ...ownEnv, ...env } });
    const [out, err]: [string[], string[]] = [[], []];
    child.stdout.on("data", (chunk: Buffer) => out.push(chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => err.push(chunk.toString()));
    child.on("close", (code) => resolve({ code, out: out.join(""), err: err.join("") }));
  });

export const freshFolder = (): string => mkdtempSync(join(tmpdir(), "aide-cli-"));

/** A small regression task: 120 labelled rows, 20 to predict. */
export const smallTask = (root = freshFolder()): string => {
  const folder = join(root, "data");
  mkdirSync(folder);
  const rows = (from: number, count: number, labelled: boolean) =>
    Array.from(
      { length: count },
      (_, at) => `${from + at},${at % 7},${["a", "b"][at % 2]}${labelled ? `,${(at % 7) * 3 + 1}` : ""}`,
    ).join("\n");
  writeFileSync(join(folder, "train.csv"), `id,x,kind,y\n${rows(1, 120, true)}\n`);
  writeFileSync(join(folder, "test.csv"), `id,x,kind\n${rows(1000, 20, false)}\n`);
  const sample = Array.from({ length: 20 }, (_, at) => `${1000 + at},1`).join("\n");
  writeFileSync(join(folder, "sample_submission.csv"), `id,y\n${sample}\n`);
  return folder;
};

/** The one run in a folder. */
export const runFolder = (root: string): string => join(root, "logs", readdirSync(join(root, "logs"))[0] ?? "");
