import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { StatusLine } from "../src/terminal/status-line.ts";

/** A terminal of one screen, which knows no more of the cursor than its line and column. */
const screen = (columns: number) => {
  const lines = [""];
  let at = 0;
  const terminal = {
    columns,
    write: (text: string) => {
      for (const [number, part] of text.split("\n").entries()) {
        if (number > 0) {
          lines.push("");
          at = 0;
        }
        const line = lines.at(-1) ?? "";
        lines[lines.length - 1] = line.slice(0, at) + part + line.slice(at + part.length);
        at += part.length;
      }
      return true;
    },
    // Only up, from lines that were cleared.
    moveCursor: () => {
      lines.pop();
      return true;
    },
    cursorTo: (column: number) => {
      at = column;
      return true;
    },
    clearLine: () => {
      lines[lines.length - 1] = "";
      return true;
    },
  };
  const out = (text: string) => {
    terminal.write(text);
    lines.push("");
    at = 0;
  };
  return { terminal, lines, out };
};

describe("a status line", () => {
  beforeEach(() => vi.useFakeTimers({ toFake: ["performance"], now: 1000 }));
  afterEach(() => void vi.useRealTimers());

  const shown = (columns = 80, interactive = true) => {
    const { terminal, lines, out } = screen(columns);
    return { status: new StatusLine({ out, interactive }, terminal), lines };
  };

  it("may be several lines, which are drawn over together", () => {
    const { status, lines } = shown();
    status.show("arm  made\none  1\n1 of 4");
    status.line("look 1");
    expect(lines).toEqual(["look 1", ""]);
    status.show("arm  made\none  2\n2 of 4", { last: true });
    expect(lines).toEqual(["look 1", "arm  made", "one  2", "2 of 4"]);
    status.show("2 of 4", { last: true });
    expect(lines).toEqual(["look 1", "2 of 4"]);
  });

  it("is drawn in its place, and gone before another line", () => {
    const { status, lines } = shown();
    status.show("step 1 · writing, 100 tokens");
    vi.advanceTimersByTime(200);
    status.show("step 1 · running");
    expect(lines).toEqual(["step 1 · running"]);
    status.line("step 1 done");
    status.clear();
    expect(lines).toEqual(["step 1 done", ""]);
  });

  it("is left standing where it is kept", () => {
    const { status, lines } = shown();
    status.show("all of 1 GB");
    status.keep();
    status.line("next");
    expect(lines).toEqual(["all of 1 GB", "next", ""]);
  });

  it("is drawn ten times a second at most, and the last one in any case", () => {
    const { status, lines } = shown();
    status.show("1");
    vi.advanceTimersByTime(99);
    status.show("2");
    expect(lines).toEqual(["1"]);
    status.show("3", { last: true });
    expect(lines).toEqual(["3"]);
  });

  it("never wraps, whatever width the terminal says", () => {
    for (const [columns, width] of [
      [20, 19],
      [0, 79],
    ] as const) {
      const { status, lines } = shown(columns);
      status.show("x".repeat(200));
      expect(lines).toEqual(["x".repeat(width)]);
    }
  });

  it("is not drawn where nobody watches", () => {
    const { status, lines } = shown(80, false);
    status.show("step 1");
    status.keep();
    status.line("done");
    expect(lines).toEqual(["done", ""]);
  });
});
