import { mentionsIn } from "./mentions.ts";
import { plainText, tokensOf } from "./tokens.ts";

const partOfName =
  /^(?:neg|negative|score|metric|loss|macro|micro|weighted|average|averaged|mean|binary|multi|class|multiclass|ovr|ovo|log|balanced|column|wise|columnwise|the|of|per|one|vs|rest)$/;

/** The name in the library of a text that is a metric's name and nothing else, whatever its spelling. */
export const wholeName = (text: string): string | undefined => {
  const plain = plainText(text);
  const tokens = tokensOf(plain);
  const [mention, other] = mentionsIn(plain, tokens, true);
  if (mention?.reading.kind !== "name" || other !== undefined) return undefined;
  const rest = tokens.filter((_, at) => at < mention.start || at >= mention.end).map(({ word }) => word);
  return rest.every((word) => partOfName.test(word)) ? mention.reading.name : undefined;
};
