import { pullSnapshot } from "@aide-ts/backend-transformers";
import type { Shell } from "../shell.ts";
import { drawDownload } from "./draw-download.ts";
import { ProgressBar } from "./progress-bar.ts";

/** Pulls a model of the hub into Hugging Face's cache, and shows how it goes. Gives the snapshot's folder. */
export const pullSnapshotWithProgress = async (name: string, shell: Shell): Promise<string> => {
  using bar = new ProgressBar(shell);
  return await pullSnapshot(name, {
    env: shell.env,
    signal: shell.signal,
    onProgress: (progress) => {
      if (progress.kind === "unasked") bar.line(`no newer one could be looked for: ${progress.reason}`);
      else drawDownload(name, progress, bar, shell);
    },
  });
};
