import { catalogue, pullModel } from "@aide-ts/backend-llamacpp";
import { findPython } from "@aide-ts/executor-local";
import { cacheFolder } from "@aide-ts/run/host";
import type { Shell } from "../shell.ts";
import { drawDownload } from "./draw-download.ts";
import { ProgressBar } from "./progress-bar.ts";

/** Pulls a model of the catalogue, and shows how it goes. */
export const pullWithProgress = async (name: string, shell: Shell): Promise<string> => {
  const python = await findPython({ env: shell.env });
  const title = catalogue.find((model) => model.name === name)?.title ?? name;
  using bar = new ProgressBar(shell);
  return await pullModel(name, {
    cacheFolder: cacheFolder(shell.env),
    env: shell.env,
    python: python.path,
    signal: shell.signal,
    onProgress: (progress) => {
      switch (progress.kind) {
        case "source-failed":
          bar.line(`${progress.source}: ${progress.reason}; trying the next source`);
          break;
        case "source":
          break;
        default:
          drawDownload(title, progress, bar, shell);
      }
    },
  });
};
