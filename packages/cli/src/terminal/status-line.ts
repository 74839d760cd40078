import type { WriteStream } from "node:tty";
import type { Shell } from "../shell.ts";

type Terminal = Pick<WriteStream, "columns" | "cursorTo" | "clearLine" | "moveCursor" | "write">;

/** Milliseconds between two drawings. */
const redrawEvery = 100;

/** A line, or a few, drawn again and again in one place, where a person watches; others are printed above. */
export class StatusLine {
  readonly #shell: Pick<Shell, "out" | "interactive">;
  readonly #terminal: Terminal;
  #drawnAt = Number.NEGATIVE_INFINITY;
  #shown = 0;

  constructor(shell: Pick<Shell, "out" | "interactive">, terminal: Terminal = process.stdout) {
    this.#shell = shell;
    this.#terminal = terminal;
  }

  /** Draws it, unless it was drawn just now; the last of several is drawn in any case. */
  show(text: string, { last = false }: { readonly last?: boolean } = {}): void {
    const now = performance.now();
    if (!this.#shell.interactive || (now - this.#drawnAt < redrawEvery && !last)) return;
    this.#drawnAt = now;
    this.clear();
    // Of an unknown width terminals say 0; a line that wraps could not be drawn over.
    const lines = text.split("\n").map((line) => line.slice(0, (this.#terminal.columns || 80) - 1));
    this.#terminal.write(lines.join("\n"));
    this.#shown = lines.length;
  }

  /** Prints a line that stays. */
  line(text: string): void {
    this.clear();
    this.#shell.out(text);
  }

  clear(): void {
    for (; this.#shown > 0; this.#shown--) {
      this.#terminal.cursorTo(0);
      this.#terminal.clearLine(0);
      if (this.#shown > 1) this.#terminal.moveCursor(0, -1);
    }
  }

  /** Leaves it as it was drawn last; what comes is printed below. */
  keep(): void {
    if (this.#shown > 0) this.#shell.out("");
    this.#shown = 0;
  }
}
