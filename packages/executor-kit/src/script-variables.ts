import { join } from "node:path";

export interface VariableSettings {
  readonly folder: string;
  readonly temporaryFolder: string;
  readonly pythonBin: string;
  readonly threads: number;
  readonly env: (name: string) => string | undefined;
}

/** Names the execution's folder in every process of it, so that those which left its process group are found. */
export const folderVariable = "AIDE_EXECUTION";

/** How drivers and clusters say which GPUs are ours and where their libraries lie. */
const passedOn = [
  "CUDA_VISIBLE_DEVICES",
  "NVIDIA_VISIBLE_DEVICES",
  "HIP_VISIBLE_DEVICES",
  "ROCR_VISIBLE_DEVICES",
  "LD_LIBRARY_PATH",
];

/** All variables of a script: nothing else of the host's environment reaches it, keys least of all. */
export const scriptVariables = (settings: VariableSettings): Record<string, string> => {
  const threads = String(settings.threads);
  const variables: Record<string, string> = {
    PATH: [settings.pythonBin, "/usr/local/bin", "/usr/bin", "/bin"].join(":"),
    HOME: join(settings.folder, ".home"),
    TMPDIR: settings.temporaryFolder,
    LANG: "C.UTF-8",
    PYTHONHASHSEED: "0",
    PYTHONDONTWRITEBYTECODE: "1",
    PYTHONUTF8: "1",
    MPLBACKEND: "Agg",
    OMP_NUM_THREADS: threads,
    OPENBLAS_NUM_THREADS: threads,
    MKL_NUM_THREADS: threads,
    LOKY_MAX_CPU_COUNT: threads,
    // GNU OpenMP's threads wait for each other by spinning. Where something else needs a core, as a model that answers beside, three fits of LightGBM took
    // 83 to 166 s in place of 2.8; so they take 12, and 3.0 where nothing does.
    GOMP_SPINCOUNT: "5000",
    [folderVariable]: settings.folder,
  };
  for (const name of passedOn) {
    const value = settings.env(name);
    if (value !== undefined) variables[name] = value;
  }
  return variables;
};
