/** Writes as Python what word processors and models make of it outside of strings: quotes, dashes, spaces, full-width signs, invisible characters. */
export const withPlainTypography = (code: string): string => {
  if (!/[^\0-\x7f]/.test(code)) return code;
  let out = "";
  for (let at = 0; at < code.length;) {
    const rest = stringAt(code, at) ?? commentAt(code, at);
    if (rest === undefined) {
      const character = code[at] ?? "";
      out += plain.get(character) ?? character;
      at++;
    } else {
      out += rest.text;
      at = rest.end;
    }
  }
  return out;
};

interface Stretch {
  readonly text: string;
  readonly end: number;
}

const commentAt = (code: string, at: number): Stretch | undefined => {
  if (code[at] !== "#" && code[at] !== "＃") return undefined;
  const end = lineEnd(code, at);
  return { text: `#${code.slice(at + 1, end)}`, end };
};

/** A string, whose text stays as it is between plain quotes. It ends with the quote that it began with, failing that with one that looks like it. */
const stringAt = (code: string, at: number): Stretch | undefined => {
  const opening = code[at] ?? "";
  const quote = quotes.get(opening);
  if (quote === undefined) return undefined;
  if (isTriple(code, at, quote)) return longString(code, at, quote);
  const end = lineEnd(code, at);
  const close =
    opening === quote
      ? (closeOf(code, at, end, isPlain(quote)) ?? closeOf(code, at, end, isLike(quote)))
      : closeOf(code, at, end, isLike(quote));
  return close === undefined ? undefined : { text: `${quote}${code.slice(at + 1, close)}${quote}`, end: close + 1 };
};

const isPlain = (quote: string) => (character: string) => character === quote;
const isLike = (quote: string) => (character: string) => quotes.get(character) === quote;

const isTriple = (code: string, at: number, quote: string): boolean =>
  [0, 1, 2].every((place) => quotes.get(code[at + place] ?? "") === quote);

const longString = (code: string, at: number, quote: string): Stretch | undefined => {
  for (let end = at + 3; end < code.length; end++) {
    if (code[end] === "\\") end++;
    else if (isTriple(code, end, quote))
      return { text: `${quote.repeat(3)}${code.slice(at + 3, end)}${quote.repeat(3)}`, end: end + 3 };
  }
  return undefined;
};

const closeOf = (code: string, at: number, end: number, closes: (character: string) => boolean): number | undefined => {
  for (let place = at + 1; place < end; place++) {
    if (code[place] === "\\") place++;
    else if (closes(code[place] ?? "")) return place;
  }
  return undefined;
};

const lineEnd = (code: string, at: number): number => {
  const end = code.indexOf("\n", at);
  return end === -1 ? code.length : end;
};

const quotes: ReadonlyMap<string, string> = new Map([
  ...[...'"“”„‟«»＂″'].map((like) => [like, '"'] as const),
  ...[..."'‘’‚‛＇′"].map((like) => [like, "'"] as const),
]);

const invisible = ["\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u200e", "\u200f"];
const spaces = [
  "\u00a0",
  "\u202f",
  "\u2007",
  "\u2008",
  "\u2009",
  "\u200a",
  "\u2002",
  "\u2003",
  "\u2004",
  "\u2005",
  "\u2006",
  "\u3000",
];

const plain: ReadonlyMap<string, string> = new Map([
  ...invisible.map((character) => [character, ""] as const),
  ...spaces.map((character) => [character, " "] as const),
  ...[..."–—−‐‑"].map((dash) => [dash, "-"] as const),
  ["…", "..."],
  ["×", "*"],
  ["≤", "<="],
  ["≥", ">="],
  ["≠", "!="],
  ["、", ","],
  ["。", "."],
  ["【", "["],
  ["】", "]"],
  ["\u2028", "\n"],
  // The full-width forms of ASCII, in its order.
  ...Array.from(
    { length: 0x5e },
    (_, at) => [String.fromCharCode(0xff01 + at), String.fromCharCode(0x21 + at)] as const,
  ),
]);
