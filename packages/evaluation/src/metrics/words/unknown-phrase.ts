const cue =
  /\b(?:evaluated|scored|judged|graded|ranked|assessed|measured)(?: (?:now|then|only|primarily|mainly))? (?:on|by|using|with|via|according to|based (?:up)?on|in terms of|through) |\b(?:metric|measure|criterion)(?: (?:for|in|of) (?:this|the) \w+)? ?(?:used )?(?:is|:|=|will be) ?/giu;
const end =
  /[.,;:()\n]|\b(?:between|of|for|over|where|which|that|computed|calculated|and|or|on|in|to|with|at|as|is|are|across|against)\b/i;

const measure =
  /^(?:errors?|loss(?:es)?|scores?|coefficient|index|divergence|distance|deviance|likelihood|rate|precision|recall|accuracy|auc|similarity|agreement|perplexity|deviation|efficiency|statistic|f1|rmse|mae|kappa)$/i;
const general =
  /^(?:a|an|the|your|our|their|its|final|private|public|hidden|total|overall|average|mean|leaderboard|test|submission|competition|same|following|single|best|own|new|certain|given|simple|performance|evaluation|metric|score|scores|of|model|models|quality|prediction|predictions)$/i;
const notAcronym =
  /^(?:CSV|ID|IDS|TSV|JSON|API|GPU|CPU|AND|THE|NOT|ALL|TEST|TRAIN|ML|AI|PDF|UTC|USD|EUR|USA|NOTE|MUST|ONLY|METRIC|SCORE|EVALUATION|TBD|TBA|TODO|NONE|ASAP)$/;

const nameIn = (phrase: string): string | undefined => {
  const words = phrase
    .trim()
    .split(/\s+/)
    .filter((word) => word !== "");
  const [first = "", second] = words.filter((word) => !general.test(word));
  if (second === undefined && /^\p{Lu}[\p{Lu}\d]{2,}$/u.test(first) && !notAcronym.test(first)) return first;
  const isMeasure = measure.test(words.at(-1) ?? "") && words.length >= 2 && words.length <= 10;
  const specific = words.slice(0, -1).filter((word) => !general.test(word));
  return isMeasure && specific.length > 0 ? words.join(" ").replace(/^(?:the|a|an|your) /i, "") : undefined;
};

/** A sentence that says what is done, or is to be. */
const goal =
  /^\W*(?:predict|forecast|estimate|classify|find|detect|determine|guess|make|try|build|train|create|rank|label|we|i|you|they|it|this|there)\b/i;

const composite =
  /\bmetrics? (?:that|which) (?:combin|blend|mix)\w*[^.;]{0,40}|\b(?:combination|weighted (?:sum|average|mean|combination)|generali[sz]ed mean|composite|blend) of (?:\w+ ){0,4}(?:sub ?)?(?:metrics|submetrics|scores)\b|\bcustom (?:evaluation |scoring )?(?:metric|measure)\b/i;

/** Of a metric that is made of several, or made for the task, the words that say so. */
export const compositeIn = (sentence: string): string | undefined => composite.exec(sentence)?.[0].trim();

/** Up to where something else begins; else up to a sign, if that ends with a measure. */
const nameAt = (phrase: string): string | undefined =>
  nameIn(phrase.split(end)[0] ?? "") ?? nameIn(phrase.split(/[.,;:()\n]|\bbetween\b/)[0] ?? "");

/** What a sentence scores by, in its own words, where that sounds like a metric; `isWhole`: the sentence may be nothing but the name. */
export const metricLikePhrase = (sentence: string, isWhole: boolean): string | undefined => {
  for (const match of sentence.matchAll(cue)) {
    const name = nameAt(sentence.slice(match.index + match[0].length).replace(/^(?:the|a|an|their|its) /i, ""));
    if (name !== undefined) return name;
  }
  if (
    !isWhole ||
    goal.test(sentence) ||
    /\b(?:is|are|was|were|be|has|have|can|will|should|must|do|does)\b/i.test(sentence)
  )
    return undefined;
  return nameIn(sentence.replace(/^[\s"'*_]+/, "").split(end)[0] ?? "");
};
