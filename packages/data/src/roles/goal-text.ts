/** A word in small letters, or a mark that separates phrases. */
export interface Word {
  readonly text: string;
  readonly mark: boolean;
}

/** Words between two prepositions of a clause, from `start` to before `end` of it. */
export interface Phrase {
  readonly words: readonly Word[];
  readonly start: number;
  readonly end: number;
  /** It is what is asked for, or says what that is: "the weight", "(status)", "the number of bikes". */
  readonly leads: boolean;
  /** It says where or when: "in the region". */
  readonly isAside: boolean;
}

const list = (words: string): ReadonlySet<string> => new Set(words.split(" "));

const asks = list(
  "predict predicts predicting forecast forecasts forecasting estimate estimates estimating classify classifies classifying determine detect recognise recognize identify infer guess tell target",
);
const questions = list("what which who whose how is are was were do does did has have had will would can could should");
const yesOrNo = list("whether if is are was were does do did has have had will would can could");
/** What follows is known, and not asked for. */
const givens = list("from using by given based with");
/** What follows says more of what stands before. */
const attaches = list(
  "of in for at on to after before during that which who whose when where if as between among within without about over under into through is are : ; ( ) ?",
);
const asides = list("in at on to after before during among between within without about over under into through");
/** Words that count or sort what follows them: "the number of". */
const general = list(
  "number amount value kind type level rate total count probability chance likelihood percentage share class category name",
);
/** Words of every goal: as names of columns they count only where they are asked for first. */
const usual = list(
  "model data dataset table classifier regression test train score error accuracy rows columns features class label value make build find best",
);
const times = list("time date day days week weeks month months year years hour hours minute minutes quarter season");

export const isGeneral = (word: string): boolean => general.has(word);
/** A name that stands in every text, as a column `from` would. */
export const isGrammar = (word: string): boolean => givens.has(word) || attaches.has(word);
/** A name that many texts hold without asking for it. */
export const isOften = (word: string): boolean => usual.has(word) || times.has(word);

const metrics =
  /\b(roots?[- ])?(mean|median|average)[- ](absolute|squared?)([- ](percentage|logarithmic|log))?[- ](errors?|deviation)\b|\bbalanced accuracy\b|\blog[- ]?loss\b/gi;

/** What is called a measure is no column that is meant: "median absolute error". */
export const sentencesOf = (text: string): readonly (readonly Word[])[] =>
  text
    .replaceAll(metrics, " ; ")
    .split(/(?<=[.?!])\s+|\n+/)
    .map((sentence) =>
      [...sentence.toLowerCase().matchAll(/[\p{L}\p{N}]+|[():;,&?]/gu)].map(([one]) => ({
        text: one,
        mark: /^[():;,&?]$/.test(one),
      })),
    );

/** What a sentence asks for: the words behind a verb, or a question's own. */
export const clausesOf = (sentence: readonly Word[]): readonly (readonly Word[])[] => {
  const verbs = sentence.flatMap(({ text }, at) => (asks.has(text) ? [at + 1] : []));
  const isQuestion = questions.has(sentence[0]?.text ?? "") || sentence.at(-1)?.text === "?";
  return [...verbs, ...(isQuestion ? [0] : [])].map((start) =>
    upTo(sentence.slice(start), ({ text }) => givens.has(text)),
  );
};

/** Without what is given, as in "by area and age", and without asides; what something comes with may be asked for. */
export const partsThatAsk = (sentence: readonly Word[]): readonly (readonly Word[])[] =>
  phrasesOf(upTo(sentence, ({ text }, at) => at > 0 && givens.has(text) && text !== "with")).flatMap((phrase) =>
    phrase.isAside ? [] : [phrase.words],
  );

export const asksYesOrNo = ([first]: readonly Word[]): boolean => yesOrNo.has(first?.text ?? "");

export const phrasesOf = (clause: readonly Word[]): readonly Phrase[] => {
  const cuts = clause.flatMap(({ text }, at) => (attaches.has(text) ? [at] : []));
  const bounds = [-1, ...cuts].map((cut, at) => [cut + 1, cuts[at] ?? clause.length] as const);
  const isCounted = (start: number) => clause[start - 1]?.text === "of" && general.has(clause[start - 2]?.text ?? "");
  return bounds.map(([start, end]) => ({
    words: clause.slice(start, end),
    start,
    end,
    isAside: asides.has(clause[start - 1]?.text ?? ""),
    leads: start === 0 || clause[start - 1]?.text === "(" || isCounted(start),
  }));
};

const upTo = (words: readonly Word[], ends: (word: Word, at: number) => boolean): readonly Word[] => {
  const end = words.findIndex(ends);
  return end === -1 ? words : words.slice(0, end);
};
