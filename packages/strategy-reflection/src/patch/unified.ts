import type { Block, ReadBlocks } from "./answer.ts";
import { contentOf, endOf, splitLines } from "./lines.ts";

/**
 * The hunks of a unified diff as blocks. Line numbers and counts are not looked at: models get them wrong. In a fence marked `diff` or `patch` the
 * `@@` lines may be missing.
 * @param isCutOff a hunk that the answer ends in may then lack lines.
 */
export const readUnifiedDiff = (answer: string, isCutOff: boolean): ReadBlocks => {
  const reader = new Reader();
  const lines = splitLines(answer);
  for (const [at, line] of lines.entries()) reader.read(contentOf(line), endOf(line), lines[at + 1] ?? "");
  return reader.finish(isCutOff);
};

class Reader {
  readonly #hunks: Hunk[] = [];
  #open: Hunk | undefined;
  #fence: "none" | "diff" | "other" = "none";
  #skipping = false;
  #broken: { readonly block: number; readonly line: string } | undefined;

  read(line: string, end: string, next: string): void {
    if (this.#skipping) this.#skipping = false;
    else if (/^(?:```|~~~)/.test(line)) this.#toggleFence(line);
    else if (/^@@(?:\s|$)/.test(line)) this.#begin();
    else if (line.startsWith("--- ") && next.startsWith("+++ ")) {
      this.#skipping = true;
      this.#restart();
    } else if (/^(?:diff --git |index [0-9a-f]+\.\.|\.\.\.\s*$)/.test(line)) this.#restart();
    else if (this.#open !== undefined) this.#add(this.#open, line, end);
  }

  finish(isCutOff: boolean): ReadBlocks {
    const cut = this.#open;
    this.#close();
    const hunks = this.#hunks;
    if (!hunks.some(isChange)) return { kind: "none" };
    if (this.#broken !== undefined) {
      const { block, line } = this.#broken;
      const detail = `a line is neither kept, removed nor added: ${line}`;
      return { kind: "refused", reason: { why: "malformed", block, detail } };
    }
    if (isCutOff && cut !== undefined && isChange(cut))
      return { kind: "refused", reason: { why: "truncated", block: hunks.length } };
    return { kind: "blocks", blocks: hunks.filter(isChange).map(asBlock) };
  }

  #toggleFence(line: string): void {
    this.#close();
    if (this.#fence !== "none") this.#fence = "none";
    else this.#fence = /^(?:```|~~~)\s*(?:diff|patch|udiff)\b/i.test(line) ? "diff" : "other";
    this.#restart();
  }

  #restart(): void {
    this.#close();
    if (this.#fence === "diff") this.#begin();
  }

  #begin(): void {
    this.#close();
    this.#open = { lines: [], end: "" };
  }

  #close(): void {
    if (this.#open !== undefined && this.#open.lines.length > 0) this.#hunks.push(this.#open);
    this.#open = undefined;
  }

  #add(hunk: Hunk, line: string, end: string): void {
    const sign = line.charAt(0);
    if (sign === " " || sign === "+" || sign === "-" || sign === "") hunk.lines.push({ sign, text: line.slice(1) });
    else if (sign !== "\\") {
      // Prose ends a diff that stands free; inside a fence the line was meant to be code.
      if (this.#fence !== "none" && this.#broken === undefined) this.#broken = { block: this.#hunks.length + 1, line };
      this.#close();
      return;
    }
    hunk.end ||= end;
  }
}

interface Hunk {
  readonly lines: { readonly sign: string; readonly text: string }[];
  end: string;
}

const isChange = ({ lines }: Hunk): boolean => lines.some(({ sign }) => sign === "+" || sign === "-");

/** An empty line is a blank one whose leading space was lost; at the end of a hunk it only sets the diff apart. */
const asBlock = ({ lines, end }: Hunk): Block => {
  const last = lines.findLastIndex(({ sign }) => sign !== "");
  const body = lines.slice(0, last + 1);
  const isContext = ({ sign }: { readonly sign: string }): boolean => sign === " " || sign === "";
  const first = body.findIndex((line) => !isContext(line));
  return {
    search: body.filter(({ sign }) => sign !== "+").map(({ text }) => text),
    replace: body.filter(({ sign }) => sign !== "-").map(({ text }) => text),
    context: { before: first, after: body.length - 1 - body.findLastIndex((line) => !isContext(line)) },
    end,
  };
};
