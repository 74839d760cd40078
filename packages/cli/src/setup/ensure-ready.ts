import type { RunConfig } from "@aide-ts/core";
import { listModels } from "@aide-ts/backend-llamacpp";
import { cacheFolder } from "@aide-ts/run/host";
import type { Shell } from "../shell.ts";
import { pullWithProgress } from "./pull-with-progress.ts";
import { pythonWithProgress } from "./python-with-progress.ts";

/** Brings the Python packages of the local executor, unless its Python has its own. */
export const ensurePython = async ({ use, options }: RunConfig["executor"], shell: Shell): Promise<void> => {
  const { python, packages } = options;
  if (use === "local" && packages !== "installed")
    await pythonWithProgress(shell, typeof python === "string" ? python : undefined);
};

/** Brings what a config needs and a new machine lacks: Python packages for the local executor, the embedded model from the catalogue. */
export const ensureReady = async (
  { backend, backends, executor }: Pick<RunConfig, "backend" | "backends" | "executor">,
  shell: Shell,
): Promise<void> => {
  await ensurePython(executor, shell);
  for (const { use, options } of [backend, ...Object.values(backends)]) {
    if (use !== "llamacpp") continue;
    const wanted = options["model"] ?? "qwen2.5-coder-1.5b";
    const known = (await listModels(cacheFolder(shell.env))).find(({ model }) => model.name === wanted);
    if (known !== undefined && known.state !== "ready") await pullWithProgress(known.model.name, shell);
  }
};
