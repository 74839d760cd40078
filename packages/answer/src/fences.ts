/** A fenced block of an answer. `closed` is false for the one that the answer broke off in. */
export interface Fenced {
  readonly info: string;
  readonly body: string;
  readonly closed: boolean;
  /** Where its opening fence begins. */
  readonly start: number;
}

const fence = /^ {0,3}(`{3,}|~{3,})[ \t]*([^\n`]*)$/;

/**
 * The fenced blocks of Markdown, in order. A fence that carries an info string opens a block even inside an open one, because models do that:
 * what stood before it counts as a block of its own, unclosed. A bare fence closes the open block or opens one.
 */
export const fencedBlocks = (markdown: string): readonly Fenced[] => {
  const blocks: Fenced[] = [];
  let open: { info: string; start: number; bodyStart: number } | undefined;
  let at = 0;
  const close = (end: number, closed: boolean) => {
    if (open === undefined) return;
    blocks.push({ info: open.info, body: markdown.slice(open.bodyStart, end), closed, start: open.start });
    open = undefined;
  };
  for (const line of markdown.split("\n")) {
    const match = fence.exec(line.replace(/\r$/, ""));
    const next = at + line.length + 1;
    if (match !== null) {
      const info = (match[2] ?? "").trim();
      const wasOpen = open !== undefined;
      close(at, info === "");
      if (info !== "" || !wasOpen) open = { info, start: at, bodyStart: Math.min(next, markdown.length) };
    }
    at = next;
  }
  close(markdown.length, false);
  return blocks;
};
