import { rm } from "node:fs/promises";
import type { AideError } from "@aide-ts/plugin";
import { execa } from "execa";
import type { Variables } from "../process-environment.ts";
import type { FoundPython } from "./find-python.ts";
import type { LockFile } from "./lock-file.ts";
import { pythonIn } from "./ready.ts";
import { systemCommand } from "./system-packages.ts";
import { diskFull, installationFailed, pythonNoVenv } from "../errors.ts";

export interface Installation {
  readonly folder: string;
  readonly python: FoundPython;
  readonly lock: LockFile;
  readonly env: Variables;
  /** What the installers print. */
  readonly onLine: (line: string) => void;
  /** What a person should know. */
  readonly onNews: (line: string) => void;
  readonly signal?: AbortSignal | undefined;
}

/** Runs a program, its lines passed on as they come. @returns what it printed last, where it failed. */
const run = async (
  installation: Installation,
  command: string,
  args: readonly string[],
): Promise<string | undefined> => {
  const { env, signal, onLine } = installation;
  const running = execa(command, args, {
    env,
    extendEnv: false,
    reject: false,
    all: true,
    stdin: "ignore",
    buffer: false,
    forceKillAfterDelay: 2000,
    ...(signal === undefined ? {} : { cancelSignal: signal }),
  });
  const last: string[] = [];
  for await (const line of running.iterable({ from: "all" })) {
    if (line.trim() === "") continue;
    onLine(line);
    last.push(line);
    if (last.length > 12) last.shift();
  }
  const ended = await running;
  signal?.throwIfAborted();
  return ended.failed ? last.join("\n") || ended.shortMessage : undefined;
};

const failed = (what: string, output: string): AideError =>
  /No space left on device|os error 28|Errno 28/i.test(output) ? diskFull(output) : installationFailed(what, output);

const withUv = async (installation: Installation): Promise<string | undefined> => {
  const { folder, python, lock } = installation;
  return (
    (await run(installation, "uv", ["venv", "--quiet", "--no-config", "--python", python.path, folder])) ??
    (await run(installation, "uv", [
      "pip",
      "sync",
      "--require-hashes",
      "--no-build",
      "--python",
      pythonIn(folder),
      lock.path,
    ]))
  );
};

const withPip = async (installation: Installation): Promise<void> => {
  const { folder, python, lock } = installation;
  const missing = await run({ ...installation, onLine: () => {} }, python.path, ["-c", "import ensurepip, venv"]);
  if (missing !== undefined) throw pythonNoVenv(python, await systemCommand("venv", python.minor), missing);
  const made = await run(installation, python.path, ["-m", "venv", folder]);
  if (made !== undefined) throw failed("Making a Python environment", made);
  const options = [
    "--require-hashes",
    "--no-deps",
    "--only-binary",
    ":all:",
    "--progress-bar",
    "off",
    "--no-input",
    "--disable-pip-version-check",
  ];
  const failure = await run(installation, pythonIn(folder), ["-m", "pip", "install", ...options, "-r", lock.path]);
  if (failure !== undefined) throw failed("Installing Python packages", failure);
};

/**
 * Makes the folder a virtual environment with exactly what the lock file names: with uv where that is on PATH and works, else with pip.
 * @throws AideError `AIDE_PYTHON_NO_VENV`, `AIDE_PYTHON_PACKAGES` (transient), `AIDE_DISK_FULL`.
 */
export const install = async (installation: Installation): Promise<void> => {
  const { folder, env, onNews } = installation;
  await rm(folder, { recursive: true, force: true });
  const uv = await execa("uv", ["--version"], {
    env,
    extendEnv: false,
    reject: false,
    stdin: "ignore",
    timeout: 10_000,
  });
  if (!uv.failed) {
    const failure = await withUv(installation);
    if (failure === undefined) return;
    onNews("uv could not install the packages; trying pip.");
    await rm(folder, { recursive: true, force: true });
  }
  await withPip(installation);
};
