import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { tablesNotFetched } from "./errors.ts";
import { runProgram } from "./run-program.ts";

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
    const failure = await runProgram({ command, args, variables, signal });
    if (failure === undefined) return target;
    failures.push(failure.split("\n").at(-1) ?? failure);
  }
  throw tablesNotFetched(failures.join("; "));
};
