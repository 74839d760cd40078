import { execa } from "execa";
import { z } from "zod";
import type { Variables } from "../process-environment.ts";
import { asMinor, asset } from "./shipped.ts";
import { systemCommand } from "./system-packages.ts";
import { pythonIn } from "./ready.ts";

export interface PackageProblem {
  readonly name: string;
  /** The last line of Python's output. */
  readonly error: string;
  readonly fix: string;
}

export interface CheckedPackages {
  readonly packages: readonly { readonly name: string; readonly version: string }[];
  readonly problems: readonly PackageProblem[];
}

interface Known {
  /** As people and prompts call it. */
  readonly name: string;
  readonly module: string;
  /** Names that it may be installed under. */
  readonly distributions: readonly string[];
}

const lockedPackages: readonly Known[] = [
  { name: "numpy", module: "numpy", distributions: ["numpy"] },
  { name: "pandas", module: "pandas", distributions: ["pandas"] },
  { name: "scipy", module: "scipy.stats", distributions: ["scipy"] },
  { name: "scikit-learn", module: "sklearn.ensemble", distributions: ["scikit-learn"] },
  { name: "lightgbm", module: "lightgbm", distributions: ["lightgbm"] },
  { name: "xgboost", module: "xgboost", distributions: ["xgboost-cpu", "xgboost"] },
  { name: "statsmodels", module: "statsmodels.api", distributions: ["statsmodels"] },
  { name: "joblib", module: "joblib", distributions: ["joblib"] },
  { name: "pyarrow", module: "pyarrow.parquet", distributions: ["pyarrow"] },
  { name: "openpyxl", module: "openpyxl", distributions: ["openpyxl"] },
  { name: "pillow", module: "PIL.Image", distributions: ["pillow"] },
];

/** What is looked for in an environment. */
export const knownPackages = lockedPackages.map(({ name }) => name);

const answer = z.object({ version: z.string() });

const lastLine = (text: string | undefined): string => text?.trim().split("\n").at(-1) ?? "";

const longestImportMs = 180_000;

const importOne = async (
  known: Known,
  folder: string,
  env: Variables,
  signal: AbortSignal | undefined,
): Promise<{ version: string } | { error: string }> => {
  const asked = await execa(pythonIn(folder), [asset("import_package.py"), known.module, ...known.distributions], {
    env: { ...env, PYTHONDONTWRITEBYTECODE: "1" },
    extendEnv: false,
    reject: false,
    timeout: longestImportMs,
    forceKillAfterDelay: 1000,
    stdin: "ignore",
    ...(signal === undefined ? {} : { cancelSignal: signal }),
  });
  signal?.throwIfAborted();
  if (asked.timedOut) return { error: `its import took longer than ${longestImportMs / 1000} s` };
  if (asked.failed) return { error: lastLine(asked.stderr) || (asked.shortMessage ?? "it failed") };
  return answer.parse(JSON.parse(lastLine(asked.stdout)));
};

/**
 * Imports each package in a process of its own: installed is not the same as usable.
 * @param request.only names to look at; the others are not in the answer.
 */
export const checkPackages = async (request: {
  readonly folder: string;
  readonly version: string;
  readonly env: Variables;
  readonly only?: readonly string[];
  readonly signal?: AbortSignal | undefined;
}): Promise<CheckedPackages> => {
  const { folder, version, env, only, signal } = request;
  const packages: { name: string; version: string }[] = [];
  const problems: PackageProblem[] = [];
  for (const known of lockedPackages) {
    if (only !== undefined && !only.includes(known.name)) continue;
    const imported = await importOne(known, folder, env, signal);
    if ("version" in imported) {
      packages.push({ name: known.name, version: imported.version });
      continue;
    }
    const openMp = /lib(gomp|omp)\b/.test(imported.error);
    problems.push({
      name: known.name,
      error: imported.error,
      fix: openMp
        ? `Run: ${await systemCommand("openmp", asMinor(version) ?? version)}`
        : `Delete the folder ${folder} and start again: it is then installed anew.`,
    });
  }
  return { packages, problems };
};
