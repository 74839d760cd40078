import type { DownloadProgress } from "@aide-ts/backend-kit";

/** What a pull reports. Bytes are of all files together. */
export type SnapshotProgress =
  | Exclude<DownloadProgress, { readonly kind: "start" }>
  | (Extract<DownloadProgress, { readonly kind: "start" }> & { readonly files: number })
  /** The hub could not be asked whether there is a newer commit; the one that is here is whole. */
  | { readonly kind: "unasked"; readonly reason: string };

const reportMs = 250;

/** Counts what arrives, and reports it a few times a second. */
export class Meter {
  readonly #total: number;
  readonly #report: (progress: SnapshotProgress) => void;
  readonly #began = performance.now();
  #fetched = 0;
  #reported = -Infinity;
  /** Of all files, as they lie on the disk. */
  bytes: number;

  constructor(have: number, total: number, report: (progress: SnapshotProgress) => void) {
    this.bytes = have;
    this.#total = total;
    this.#report = report;
  }

  arrived(bytes: number): void {
    this.bytes += bytes;
    this.#fetched += bytes;
    const now = performance.now();
    if (now - this.#reported < reportMs && this.bytes < this.#total) return;
    this.#reported = now;
    const bytesPerSecond = Math.round(this.#fetched / Math.max(0.001, (now - this.#began) / 1000));
    this.#report({ kind: "progress", bytes: this.bytes, total: this.#total, bytesPerSecond });
  }
}
