import { catalogue, pullModel } from "@aide-ts/backend-llamacpp";
import { findPython } from "@aide-ts/executor-local";
import { cacheFolder } from "../cache-folder.ts";
import type { Shell } from "../command-line.ts";
import { ProgressBar, size } from "./progress-bar.ts";

/** Pulls a model, telling its size, the free disk and the expected time first, then a bar with the rate. */
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
        case "start":
          shell.out(
            `model    ${title}: ${size(progress.bytes - progress.have)} to download (${size(progress.freeBytes)} free), about ${Math.ceil(progress.minutes)} min at 50 Mbit/s, once`,
          );
          break;
        case "progress":
          bar.draw(progress.bytes, progress.total, progress.bytesPerSecond);
          break;
        case "verify":
          if (progress.bytes === progress.total) bar.line("checked its checksum");
          break;
        case "source-failed":
          bar.line(`${progress.source}: ${progress.reason}; trying the next source`);
          break;
        case "waiting":
          bar.line(`waiting for the download of process ${progress.pid}`);
          break;
        case "source":
        case "ready":
          break;
      }
    },
  });
};
