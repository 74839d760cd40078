import type { Reading } from "./lexicon.ts";
import { mentionsIn, type Mention } from "./mentions.ts";
import { tokensOf, type Token } from "./tokens.ts";
import { compositeIn } from "./unknown-phrase.ts";
import { weightOf, weights, type Weight } from "./weight.ts";

/** A metric that a text is about. */
export interface Statement {
  readonly reading: Reading;
  readonly weight: Weight;
  /** As the text writes it. */
  readonly words: string;
  /** Not beside another one that the sentence is surer of. */
  readonly isMain: boolean;
}

interface Meant {
  readonly mention: Mention;
  readonly weight: Weight;
  /** It stands in one breath with the one before: "RMSE and MAE". */
  readonly isJoined: boolean;
}

const meantIn = (sentence: string, tokens: readonly Token[]): readonly Meant[] => {
  const meant: Meant[] = [];
  let last: Mention | undefined;
  for (const mention of mentionsIn(sentence, tokens)) {
    const between = last && sentence.slice(tokens[last.end - 1]?.end, tokens[mention.start]?.start);
    const isJoined = between !== undefined && areJoined(between);
    const weight = weightOf({ sentence, tokens, mention }, isJoined ? meant.at(-1)?.weight : undefined);
    if (weight !== "not-meant") meant.push({ mention, weight, isJoined: isJoined && meant.at(-1)?.mention === last });
    last = mention;
  }
  return meant;
};

/** The metrics that a sentence names; the main ones are the first of those it is surest of, and others in one breath with it. */
export const statementsIn = (sentence: string): readonly Statement[] => {
  const composite = compositeIn(sentence);
  if (composite !== undefined)
    return [{ reading: { kind: "unknown", strength: "plain" }, weight: "decided", words: composite, isMain: true }];
  const tokens = tokensOf(sentence);
  const wordsOf = ({ start, end }: Mention) => sentence.slice(tokens[start]?.start, tokens[end - 1]?.end);
  const meant = meantIn(sentence, tokens);
  const best = weights.find((weight) => meant.some((one) => one.weight === weight));
  const first = meant.findIndex(({ weight }) => weight === best);
  const end = meant.findIndex(({ isJoined }, at) => at > first && !isJoined);
  return meant.map(({ mention, weight }, at) => ({
    reading: mention.reading,
    weight,
    words: wordsOf(mention),
    isMain: at >= first && (end === -1 || at < end),
  }));
};

/** "RMSE and MAE", "RMSE/MAE", but not "F1 (the harmonic mean of …)". */
const areJoined = (between: string): boolean =>
  /^(?:[\s"'*_,/&+]|\band\b|\bor\b|\bas well as\b|\bplus\b|\bthe\b)*(?:[,/&+]|and|or|plus)/i.test(between) &&
  /^(?:[\s"'*_,/&+]|\band\b|\bor\b|\bas well as\b|\bplus\b|\bthe\b)*$/i.test(between);
