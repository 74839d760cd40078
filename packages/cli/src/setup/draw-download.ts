import type { Shell } from "../shell.ts";
import { size, type ProgressBar } from "./progress-bar.ts";

/** What every download reports, wherever it comes from. */
export type DownloadProgress =
  | { readonly kind: "waiting"; readonly pid: string }
  | {
      readonly kind: "start";
      readonly bytes: number;
      readonly have: number;
      readonly freeBytes: number;
      readonly minutes: number;
    }
  | { readonly kind: "progress"; readonly bytes: number; readonly total: number; readonly bytesPerSecond: number }
  | { readonly kind: "verify"; readonly bytes: number; readonly total: number }
  | { readonly kind: "ready" };

/** Shows a model's download: its size, the free disk and the expected time first, then a bar with the rate. */
export const drawDownload = (
  title: string,
  progress: DownloadProgress,
  bar: ProgressBar,
  { out }: Pick<Shell, "out">,
): void => {
  switch (progress.kind) {
    case "start":
      out(
        `model    ${title}: ${size(progress.bytes - progress.have)} to download (${size(progress.freeBytes)} free), about ${Math.ceil(progress.minutes)} min at 50 Mbit/s, once`,
      );
      break;
    case "progress":
      bar.draw(progress.bytes, progress.total, progress.bytesPerSecond);
      break;
    case "verify":
      if (progress.bytes === progress.total) bar.line("checked its checksum");
      break;
    case "waiting":
      bar.line(`waiting for the download of process ${progress.pid}`);
      break;
    case "ready":
      break;
  }
};
