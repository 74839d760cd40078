import { listModels, modelPath, prepareModel, resolveModel } from "@aide-ts/backend-llamacpp";
import { findSnapshot, isRepository, listSnapshots } from "@aide-ts/backend-transformers";
import { cacheFolder } from "@aide-ts/run/host";
import type { Shell } from "../shell.ts";
import { size } from "../setup/progress-bar.ts";
import { pullSnapshotWithProgress } from "../setup/pull-snapshot-with-progress.ts";
import { showProgress } from "../setup/make-ready.ts";
import { noModelNamed } from "../errors.ts";

/** `aide models list | pull <name> | path <name>`: models of the catalogue, and those of the hub by `owner/name[@revision]`. */
export const models = async ([action = "list", name]: readonly string[], shell: Shell): Promise<number> => {
  if (action === "list") {
    await list(shell);
    return 0;
  }
  if (name === undefined || (action !== "pull" && action !== "path")) throw noModelNamed();
  shell.out(action === "pull" ? await pull(name, shell) : await pathOf(name, shell));
  return 0;
};

const list = async ({ env, out }: Shell): Promise<void> => {
  for (const { model, state } of await listModels(cacheFolder(env)))
    out(`${model.name.padEnd(20)} ${model.title}, ${(model.bytes / 1e9).toFixed(2)} GB, ${model.licence}, ${state}`);
  for (const { name, commit, revisions, bytes, state } of await listSnapshots(env)) {
    const at = revisions.length > 0 ? revisions.join(", ") : commit.slice(0, 12);
    out(`${name.padEnd(20)} ${[at, size(bytes), state].filter((part) => part !== "").join(", ")}`);
  }
};

/** Paths of .gguf files have slashes too. */
const isOfHub = (name: string): boolean => isRepository(name) && !/\.gguf$/i.test(name);

const pull = async (name: string, shell: Shell): Promise<string> => {
  if (isOfHub(name)) return pullSnapshotWithProgress(name, shell);
  const cache = cacheFolder(shell.env);
  const path = modelPath(name, cache);
  using progress = showProgress(shell);
  const { env: variables, signal } = shell;
  await prepareModel(name, { cacheFolder: cache, variables, signal, onProgress: progress.of("backend") });
  return path;
};

const pathOf = (name: string, shell: Shell): Promise<string> =>
  isOfHub(name)
    ? findSnapshot(name, shell.env)
    : resolveModel(name, { cacheFolder: cacheFolder(shell.env), folder: shell.cwd });
