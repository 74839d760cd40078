/** The logarithm of numbers, not a log of something that happened, and not a quantity that is called so. */
const logarithm =
  /\blogarithms?\b|\blog(?:arithmic)?[ -](?:transform|scale|space|price|sale|value|target|count|cost|prediction|predicted|actual)|\blog1p\b|\bln\b|\blogs? ?\(|\blogs (?:of|are|is)\b|\b(?:natural|their|the|of) logs?\b(?! ?(?:error|loss|odds|likelihood|return|file|book|entr|line))(?! of (?:the )?(?:ship|vessel|voyage|trip|event|server|system|machine|call|visit|web|timber|wood))|\blog of (?:the |both |all )?(?:\w+ )?(?:predict|actual|observ|true|real|target|value|price|sale|count|cost|amount)/;

const another = /\blog ?(?:10|2|_10|_2)\b|\bbase[ -](?:10|2|ten|two)\b/;
const denied = /\b(?:not|no|without|never|instead of|rather than)\b[^.;]{0,30}\blog/;

/** Whether a sentence compares logarithms: the natural ones, or others. */
export const logarithmIn = (sentence: string): "natural" | "other" | "none" => {
  const plain = sentence.toLowerCase();
  if (denied.test(plain)) return "none";
  return another.test(plain) ? "other" : logarithm.test(plain) ? "natural" : "none";
};
