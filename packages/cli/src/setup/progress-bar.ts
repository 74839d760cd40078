import type { Shell } from "../shell.ts";
import { StatusLine } from "../terminal/status-line.ts";

export const size = (bytes: number): string =>
  bytes >= 1e9 ? `${(bytes / 1e9).toFixed(2)} GB` : `${(bytes / 1e6).toFixed(0)} MB`;

const cells = 24;
/** Milliseconds between two lines where nobody watches. */
const lineEvery = 5000;
const indent = " ".repeat(9);

/** A download's bar with amount and rate, and lines between its looks. */
export class ProgressBar implements Disposable {
  readonly #shell: Shell;
  readonly #status: StatusLine;
  #printedAt = 0;

  constructor(shell: Shell) {
    this.#shell = shell;
    this.#status = new StatusLine(shell);
  }

  draw(bytes: number, total: number, bytesPerSecond: number): void {
    const full = Math.round((cells * bytes) / total);
    const text = `${indent}${"█".repeat(full)}${"░".repeat(cells - full)} ${size(bytes)} of ${size(total)}, ${size(bytesPerSecond)}/s`;
    const last = bytes >= total;
    this.#status.show(text, { last });
    const now = performance.now();
    if (this.#shell.interactive || (now - this.#printedAt < lineEvery && !last)) return;
    this.#printedAt = now;
    this.#shell.out(text);
  }

  line(text: string): void {
    this.#status.keep();
    this.#shell.out(`${indent}${text}`);
  }

  [Symbol.dispose](): void {
    this.#status.keep();
  }
}
