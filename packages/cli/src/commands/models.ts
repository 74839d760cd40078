import { listModels, modelPath, prepareModel, resolveModel } from "@aide-ts/backend-llamacpp";
import { findSnapshot, isRepository, listSnapshots } from "@aide-ts/backend-transformers";
import { cacheFolder } from "@aide-ts/run/host";
import { alignedTable } from "@aide-ts/run/report";
import type { Shell } from "../shell.ts";
import { size } from "../setup/progress-bar.ts";
import { pullSnapshotWithProgress } from "../setup/pull-snapshot-with-progress.ts";
import { showProgress } from "../setup/make-ready.ts";

/** `aide models list`: models of the catalogue, and those of the hub that are here. */
export const list = async ({ env, out }: Shell): Promise<number> => {
  const listed = (await listModels(cacheFolder(env))).map(({ model: { name, title, bytes, licence }, state }) => [
    name,
    `${title}, ${(bytes / 1e9).toFixed(2)} GB, ${licence}, ${state}`,
  ]);
  const fetched = (await listSnapshots(env)).map(({ name, commit, revisions, bytes, state }) => {
    const at = revisions.length > 0 ? revisions.join(", ") : commit.slice(0, 12);
    return [name, [at, size(bytes), state].filter((part) => part !== "").join(", ")];
  });
  for (const line of alignedTable([...listed, ...fetched], { gap: " ", least: [20] })) out(line);
  return 0;
};

/** `aide models pull`: a model of the catalogue, or one of the hub by `owner/name[@revision]`. */
export const pull = async (shell: Shell, _flags: object, name: string): Promise<number> => {
  shell.out(await (isOfHub(name) ? pullSnapshotWithProgress(name, shell) : pullListed(name, shell)));
  return 0;
};

/** `aide models path` */
export const path = async (shell: Shell, _flags: object, name: string): Promise<number> => {
  const { env, cwd, out } = shell;
  out(
    await (isOfHub(name)
      ? findSnapshot(name, env)
      : resolveModel(name, { cacheFolder: cacheFolder(env), folder: cwd })),
  );
  return 0;
};

/** Paths of .gguf files have slashes too. */
const isOfHub = (name: string): boolean => isRepository(name) && !/\.gguf$/i.test(name);

const pullListed = async (name: string, shell: Shell): Promise<string> => {
  const cache = cacheFolder(shell.env);
  const path = modelPath(name, cache);
  using progress = showProgress(shell);
  const { env: variables, signal } = shell;
  await prepareModel(name, { cacheFolder: cache, variables, signal, onProgress: progress.of("backend") });
  return path;
};
