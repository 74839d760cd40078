export type Value = string | number | boolean | null | readonly Value[] | { readonly [key: string]: Value };

export interface Read {
  readonly value: Value;
  readonly end: number;
  /** `false` where the text breaks off in it. */
  readonly closed: boolean;
}

const deepest = 20;

/**
 * Reads JSON as models write it: with line ends and quotes of Python in strings, single and triple quotes, keys without quotes, commas too many, Python's
 * words for true, false and null, and broken off. `undefined` for what is no object or list of any such kind.
 */
export const readJson = (text: string, at: number): Read | undefined => {
  const reader = new Reader(text, at);
  const value = reader.value(0);
  return typeof value === "object" && value !== null ? { value, end: reader.at, closed: !reader.broken } : undefined;
};

class Reader {
  at: number;
  broken = false;
  readonly #text: string;

  constructor(text: string, at: number) {
    this.#text = text;
    this.at = at;
  }

  /** `undefined` for what cannot be read; `broken` then says whether more text would have helped. */
  value(depth: number): Value | undefined {
    this.#space();
    const character = this.#text[this.at];
    if (character === undefined) this.broken = true;
    if (character === undefined || depth > deepest) return undefined;
    if (character === "{") return this.#object(depth);
    if (character === "[") return this.#list(depth);
    const quote = this.#quote();
    return quote === undefined ? this.#word() : this.#string(quote);
  }

  #object(depth: number): Value | undefined {
    const entries: [string, Value][] = [];
    this.at++;
    for (;;) {
      this.#space();
      if (this.#takes("}")) return Object.fromEntries(entries);
      const key = this.#key();
      this.#space();
      if (key === undefined || !this.#takes(":")) return this.broken ? Object.fromEntries(entries) : undefined;
      const value = this.value(depth + 1);
      if (value === undefined) return this.broken ? Object.fromEntries(entries) : undefined;
      entries.push([key, value]);
      if (!this.#goesOn("}")) return this.broken ? Object.fromEntries(entries) : undefined;
    }
  }

  #list(depth: number): Value | undefined {
    const values: Value[] = [];
    this.at++;
    for (;;) {
      this.#space();
      if (this.#takes("]")) return values;
      const value = this.value(depth + 1);
      if (value === undefined) return this.broken ? values : undefined;
      values.push(value);
      if (!this.#goesOn("]")) return this.broken ? values : undefined;
    }
  }

  #key(): string | undefined {
    const quote = this.#quote();
    if (quote !== undefined) return this.#string(quote);
    const [word = ""] = /^[\w$-]+/.exec(this.#text.slice(this.at, this.at + longestWord)) ?? [];
    this.at += word.length;
    return word === "" ? undefined : word;
  }

  #word(): Value | undefined {
    const [word = ""] = /^[\w.+-]+/.exec(this.#text.slice(this.at, this.at + longestWord)) ?? [];
    this.at += word.length;
    if (words.has(word)) return words.get(word);
    return word === "" || Number.isNaN(Number(word)) ? undefined : Number(word);
  }

  #quote(): string | undefined {
    return quotes.find((quote) => this.#text.startsWith(quote, this.at));
  }

  #string(quote: string): string {
    this.at += quote.length;
    const start = this.at;
    // Between longer quotes models write text as it is.
    const read = quote === '"' || quote === "'" ? unescaped : String;
    for (;;) {
      const end = this.#text.indexOf(quote, this.at);
      if (end === -1) {
        this.broken = true;
        this.at = this.#text.length;
        return read(this.#text.slice(start));
      }
      this.at = end + quote.length;
      if (!isEscaped(this.#text, start, end) && this.#mayEnd(quote)) return read(this.#text.slice(start, end));
      if (isEscaped(this.#text, start, end)) this.at = end + 1;
    }
  }

  /** A quote that something else follows than the rest of an object belongs to the string. */
  #mayEnd(quote: string): boolean {
    if (quote.length > 1) return true;
    const next = /\S/.exec(this.#text.slice(this.at, this.at + longestWord))?.[0];
    return next === undefined || ",:}]".includes(next);
  }

  #space(): void {
    while (this.at < this.#text.length && /\s/.test(this.#text[this.at] ?? "")) this.at++;
  }

  #takes(character: string): boolean {
    if (this.at >= this.#text.length) this.broken = true;
    if (this.#text[this.at] !== character) return false;
    this.at++;
    return true;
  }

  /** A comma, or the end that the caller then takes. */
  #goesOn(end: string): boolean {
    this.#space();
    return this.#text[this.at] === end || this.#takes(",");
  }
}

const longestWord = 100;

const quotes = ['"""', "'''", '<|"|>', '"', "'", "`"];

const words: ReadonlyMap<string, Value> = new Map<string, Value>([
  ["true", true],
  ["True", true],
  ["false", false],
  ["False", false],
  ["null", null],
  ["None", null],
]);

const isEscaped = (text: string, start: number, at: number): boolean => {
  let slashes = 0;
  while (at - 1 - slashes >= start && text[at - 1 - slashes] === "\\") slashes++;
  return slashes % 2 === 1;
};

/** Escapes of JSON; a backslash before anything else was meant for Python. */
export const unescaped = (text: string): string =>
  text.replaceAll(/\\(?:u([\da-fA-F]{4})|(["'\\/bfnrt`]))/g, (_found, code: string | undefined, escaped: string) =>
    code === undefined ? (controls.get(escaped) ?? escaped) : String.fromCharCode(Number.parseInt(code, 16)),
  );

const controls: ReadonlyMap<string, string> = new Map([
  ["b", "\b"],
  ["f", "\f"],
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
]);
