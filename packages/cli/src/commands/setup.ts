import { ensureEnvironment } from "@aide-ts/executor-local";
import { listModels } from "@aide-ts/backend-llamacpp";
import { cacheFolder } from "../cache-folder.ts";
import type { Shell } from "../command-line.ts";
import { pullWithProgress } from "../setup/pull-with-progress.ts";

/** `aide setup`: the Python environment for scripts and the embedded model, so that a run can start at once. */
export const setup = async (_args: readonly string[], shell: Shell): Promise<number> => {
  const folder = cacheFolder(shell.env);
  const environment = await ensureEnvironment({
    cacheFolder: folder,
    env: shell.env,
    signal: shell.signal,
    onProgress: (progress) => {
      if (progress.kind === "start") shell.out(`python   ${progress.summary}`);
      if (progress.kind === "line") shell.out(`         ${progress.text}`);
    },
  });
  shell.out(
    `python   ${environment.python} with ${environment.packages.map(({ name, version }) => `${name} ${version}`).join(", ")}`,
  );
  for (const { name, error, fix } of environment.problems)
    shell.err(`         ${name} is left out: ${error}\n         fix  ${fix}`);
  const [standard] = await listModels(folder);
  if (standard !== undefined && standard.state !== "ready") await pullWithProgress(standard.model.name, shell);
  shell.out(`model    ${standard?.model.title} is here`);
  return 0;
};
