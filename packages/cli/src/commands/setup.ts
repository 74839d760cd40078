import { listModels } from "@aide-ts/backend-llamacpp";
import { cacheFolder } from "@aide-ts/run/host";
import type { Shell } from "../shell.ts";
import { pullWithProgress } from "../setup/pull-with-progress.ts";
import { pythonWithProgress } from "../setup/python-with-progress.ts";

/** `aide setup`: the Python environment for scripts and the embedded model, so that a run can start at once. */
export const setup = async (_args: readonly string[], shell: Shell): Promise<number> => {
  const { python, packages } = await pythonWithProgress(shell);
  shell.out(`python   ${python} with ${packages.map(({ name, version }) => `${name} ${version}`).join(", ")}`);
  const [standard] = await listModels(cacheFolder(shell.env));
  if (standard !== undefined && standard.state !== "ready") await pullWithProgress(standard.model.name, shell);
  shell.out(`model    ${standard?.model.title} is here`);
  return 0;
};
