/** Knows of a text that comes in pieces whether it stands between quotes, or in a comment, on a line of fenced code. */
export class CodeQuotes {
  #lineStart = "";
  #lineEnd = "";
  #fenced = false;
  #single = false;
  #double = false;
  #comment = false;

  get open(): boolean {
    return this.#fenced && (this.#single || this.#double || this.#comment);
  }

  push(text: string): void {
    for (const [at, part] of text.split("\n").entries()) {
      if (at > 0) this.#endLine();
      this.#continueLine(part);
    }
  }

  #continueLine(part: string): void {
    this.#lineStart = (this.#lineStart + part.slice(0, seen)).slice(0, seen);
    this.#lineEnd = (this.#lineEnd + part.slice(-seen)).slice(-seen);
    for (const character of part) {
      if (this.#comment) return;
      if (character === "'" && !this.#double) this.#single = !this.#single;
      else if (character === '"' && !this.#single) this.#double = !this.#double;
      else if (character === "#" && !this.#single && !this.#double) this.#comment = true;
    }
  }

  #endLine(): void {
    const [, info] = /^[ \t>]*(?:`{3}|~{3})[`~]*[ \t]*(\S?)/.exec(this.#lineStart) ?? [];
    if (info !== undefined) this.#fenced = info !== "" || !this.#fenced;
    else if (/`{3}[ \t]*(?:python|py)\w*\s*$/i.test(this.#lineEnd)) this.#fenced = true;
    [this.#lineStart, this.#lineEnd] = ["", ""];
    this.#single = this.#double = this.#comment = false;
  }
}

/** As much of a line's edges as shows whether it is a fence. */
const seen = 40;
