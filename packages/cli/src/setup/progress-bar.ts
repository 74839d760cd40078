import type { Shell } from "../shell.ts";

export const size = (bytes: number): string =>
  bytes >= 1e9 ? `${(bytes / 1e9).toFixed(2)} GB` : `${(bytes / 1e6).toFixed(0)} MB`;

const cells = 24;
/** Milliseconds between two looks of the bar: redrawn where a person watches, a line of its own elsewhere. */
const redrawEvery = 100;
const lineEvery = 5000;
const indent = " ".repeat(9);

/** A download's bar with amount and rate, and lines between its looks. */
export class ProgressBar implements Disposable {
  readonly #shell: Shell;
  #last = 0;
  #drawn = false;

  constructor(shell: Shell) {
    this.#shell = shell;
  }

  draw(bytes: number, total: number, bytesPerSecond: number): void {
    const { interactive, out } = this.#shell;
    const now = performance.now();
    if (now - this.#last < (interactive ? redrawEvery : lineEvery) && bytes < total) return;
    this.#last = now;
    const full = Math.round((cells * bytes) / total);
    const text = `${indent}${"█".repeat(full)}${"░".repeat(cells - full)} ${size(bytes)} of ${size(total)}, ${size(bytesPerSecond)}/s`;
    if (interactive) process.stdout.write(`\r\u001b[2K${text}`);
    else out(text);
    this.#drawn = interactive;
  }

  line(text: string): void {
    this[Symbol.dispose]();
    this.#shell.out(`${indent}${text}`);
  }

  [Symbol.dispose](): void {
    if (this.#drawn) this.#shell.out("");
    this.#drawn = false;
  }
}
