/** A word or a number of a text. */
export interface Token {
  /** In small letters. */
  readonly word: string;
  readonly raw: string;
  /** Where it stands in the sentence's text. */
  readonly start: number;
  readonly end: number;
  /** A comma, a bracket or a stop stands between it and the one before. */
  readonly apart: boolean;
}

const signs: readonly (readonly [RegExp, string])[] = [
  [/√/g, " square root "],
  [/%/g, " percent "],
  [/β/g, " beta "],
  [/κ/g, " kappa "],
  [/τ/g, " tau "],
  [/[’‘ʼ`]/g, "'"],
  [/n't\b/g, " not"],
  [/\[([^\]]*)\]\([^)]*\)/g, "$1"],
  [/\*\*/g, ""],
  [/https?:\/\/\S+/g, " "],
];

/** Signs as words, `²` as `2`, links as their texts. */
export const plainText = (text: string): string =>
  signs.reduce((plain, [sign, word]) => plain.replace(sign, word), text.normalize("NFKC"));

const word = /\p{Lu}{2,}(?=s(?!\p{L}))|\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|\p{L}+|\d+(?:\.\d+)?|@/gu;
/** "(alpha = 0.9)" and ", k = 5" go on with a name. */
const parameter = /^(?:alpha|tau|q|k|beta|quantile|level|p|power|\d.*)$/i;
const separating = /[,;:!?()"\n]|\.(?!\d)|[–—]| - /;

/** Words and numbers; `logLoss` is two words, `R2` a word and a number, `@` is read as "at". */
export const tokensOf = (text: string): readonly Token[] => {
  let last = 0;
  let before = "";
  return [...text.matchAll(word)].map((match, at) => {
    const [raw] = match;
    const gap = text.slice(last, match.index);
    last = match.index + raw.length;
    const goesOn = /^ *[(,] *$/.test(gap) && (parameter.test(raw) || before === "sqrt");
    before = raw;
    const apart = at > 0 && !goesOn && separating.test(gap);
    return { word: raw === "@" ? "at" : raw.toLowerCase(), raw, start: match.index, end: last, apart };
  });
};
