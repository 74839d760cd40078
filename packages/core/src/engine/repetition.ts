/**
 * Notices a model that has fallen into a loop: the same line over and over, or one phrase repeated without end. Fed with the text as it is
 * streamed; `push` answers true once, and from then on.
 */
export class RepetitionWatch {
  #line = "";
  #lines: string[] = [];
  #tail = "";
  #seen = 0;
  #looping = false;

  push(delta: string): boolean {
    if (this.#looping) return true;
    const parts = `${this.#line}${delta}`.split("\n");
    this.#line = parts.pop() ?? "";
    for (const line of parts) {
      this.#lines.push(line.trim());
      if (this.#lines.length > keptLines) this.#lines.shift();
      if (repeatsLines(this.#lines)) this.#looping = true;
    }
    this.#tail = `${this.#tail}${delta}`.slice(-tailLength);
    this.#seen += delta.length;
    if (this.#seen >= checkEvery) {
      this.#seen = 0;
      if (repeatsPhrase(this.#tail)) this.#looping = true;
    }
    return this.#looping;
  }
}

const shortBlock = 8;
const longBlock = 40;
const keptLines = 4 * longBlock;
const tailLength = 2400;
const checkEvery = 200;

/**
 * A block of lines that ends the text again and again: one of up to 8 lines 6 times in a row, where it is short (brackets, blanks) 20 times; one of
 * up to 40 lines 4 times.
 */
const repeatsLines = (lines: readonly string[]): boolean => {
  for (let period = 1; period <= longBlock; period++) {
    const block = lines.slice(-period);
    const weight = block.join("").length;
    if (weight === 0) continue;
    const needed = weight < 12 ? 20 : period <= shortBlock ? 6 : 4;
    if (lines.length >= period * needed && repetitions(lines, period, needed) >= needed) return true;
  }
  return false;
};

const repetitions = (lines: readonly string[], period: number, most: number): number => {
  let count = 1;
  for (let i = lines.length - 1 - period; i >= 0 && count < most; i -= period) {
    for (let j = 0; j < period; j++) if (lines[i - j] !== lines[i - j + period]) return count;
    count++;
  }
  return count;
};

/** A phrase of 4 to 160 characters that fills the last 1,200 or more: endless lists within one line. */
const repeatsPhrase = (tail: string): boolean => {
  if (tail.length < 1200) return false;
  for (let period = 4; period <= 160; period++) {
    let length = 0;
    for (let i = tail.length - 1; i - period >= 0 && tail[i] === tail[i - period]; i--) length++;
    if (length >= 1200) return true;
  }
  return false;
};
