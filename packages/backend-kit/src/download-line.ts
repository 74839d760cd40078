/** What every download reports, wherever it comes from: `start` once before the first byte, `progress` a few times a second, `ready` at the end. */
export type DownloadProgress =
  | { readonly kind: "waiting"; readonly pid: string }
  | {
      readonly kind: "start";
      readonly bytes: number;
      /** Already here, whole or from a download that was cut. */
      readonly have: number;
      readonly freeBytes: number;
      /** Guessed for a line of 50 Mbit/s. */
      readonly minutes: number;
    }
  | { readonly kind: "progress"; readonly bytes: number; readonly total: number; readonly bytesPerSecond: number }
  | { readonly kind: "verify"; readonly bytes: number; readonly total: number }
  | { readonly kind: "ready"; readonly path: string };

const assumedBytesPerSecond = 6_250_000;

/** How long a download takes on a line of 50 Mbit/s. */
export const downloadMinutes = (bytes: number): number => bytes / assumedBytesPerSecond / 60;

const size = (bytes: number): string =>
  bytes >= 1e9 ? `${(bytes / 1e9).toFixed(2)} GB` : `${(bytes / 1e6).toFixed(0)} MB`;

/** What a person reads of a model's download: size, free disk and expected time first. `undefined` where a bar says it, or nothing is to be said. */
export const downloadLine = (title: string, progress: DownloadProgress): string | undefined => {
  switch (progress.kind) {
    case "start":
      return `${title}: ${size(progress.bytes - progress.have)} to download (${size(progress.freeBytes)} free), about ${Math.ceil(progress.minutes)} min at 50 Mbit/s, once`;
    case "verify":
      return progress.bytes === progress.total ? "checked its checksum" : undefined;
    case "waiting":
      return `waiting for the download of process ${progress.pid}`;
    case "progress":
    case "ready":
      return undefined;
  }
};
