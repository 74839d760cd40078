import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { tablesNotFetched } from "./errors.ts";

type Variables = Readonly<Record<string, string>>;

const requirements = fileURLToPath(new URL("../python/requirements.txt", import.meta.url));

/**
 * Brings the package that holds the tables into a folder of its own, unpacked and imported by nobody: scripts cannot find it in their environment.
 * @throws AIDE_SUITE_TABLES
 */
export const fetchTables = async (
  folder: string,
  {
    python,
    variables,
    signal,
  }: { readonly python: string; readonly variables: Variables; readonly signal: AbortSignal },
): Promise<string> => {
  const target = join(folder, "tables");
  await mkdir(target, { recursive: true });
  const common = ["--target", target, "--no-deps", "--require-hashes", "-r", requirements];
  const installers = [
    { command: python, args: ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", ...common] },
    { command: "uv", args: ["pip", "install", "--quiet", "--python", python, ...common] },
  ];
  const failures: string[] = [];
  for (const { command, args } of installers) {
    const ran = await execa(command, args, {
      env: variables,
      extendEnv: false,
      reject: false,
      all: true,
      stdin: "ignore",
      cancelSignal: signal,
    });
    signal.throwIfAborted();
    if (!ran.failed) return target;
    failures.push(ran.all?.trim().split("\n").at(-1) || (ran.shortMessage ?? command));
  }
  throw tablesNotFetched(failures.join("; "));
};
