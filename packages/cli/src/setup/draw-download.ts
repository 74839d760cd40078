import { downloadLine, type DownloadProgress } from "@aide-ts/backend-kit";
import type { Shell } from "../shell.ts";
import type { ProgressBar } from "./progress-bar.ts";

/** Shows a model's download: its size, the free disk and the expected time first, then a bar with the rate. */
export const drawDownload = (
  title: string,
  progress: DownloadProgress,
  bar: ProgressBar,
  { out }: Pick<Shell, "out">,
): void => {
  const line = downloadLine(title, progress);
  if (progress.kind === "progress") bar.draw(progress.bytes, progress.total, progress.bytesPerSecond);
  else if (progress.kind === "start") out(`model    ${line}`);
  else if (line !== undefined) bar.line(line);
};
