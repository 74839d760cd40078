/** What a pull reports: `start` once before the first byte, `progress` a few times a second, `ready` at the end. Bytes are of all files together. */
export type SnapshotProgress =
  | { readonly kind: "waiting"; readonly pid: string }
  | {
      readonly kind: "start";
      readonly bytes: number;
      /** Already here, whole or from a download that was cut. */
      readonly have: number;
      readonly freeBytes: number;
      /** Guessed for a line of 50 Mbit/s. */
      readonly minutes: number;
      readonly files: number;
    }
  | { readonly kind: "progress"; readonly bytes: number; readonly total: number; readonly bytesPerSecond: number }
  | { readonly kind: "verify"; readonly bytes: number; readonly total: number }
  /** The hub could not be asked whether there is a newer commit; the one that is here is whole. */
  | { readonly kind: "unasked"; readonly reason: string }
  | { readonly kind: "ready"; readonly path: string };

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
