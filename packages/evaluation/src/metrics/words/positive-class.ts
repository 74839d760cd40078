const quoted = `["'“”‘’\`]([^"'“”‘’\`]{1,60})["'“”‘’\`]`;
const bare = "([\\p{L}\\d][\\p{L}\\d_.+-]*)";
const value = `(?:${quoted}|${bare})`;
/** What may be a class without quotes beside "is" or "=". */
const explicit = `(?:${quoted}|(\\d+|true|false|yes|no)\\b)`;

const patterns: readonly RegExp[] = [
  new RegExp(`\\bpositive (?:class|label)(?: is| being| ?=| ?:)? (?:the )?(?:class |label )?${value}`, "iu"),
  new RegExp(
    `\\b(?:with|treating|taking|where|when) (?:the )?(?:class |label )?${value} (?:as|is|being) (?:the )?positive\\b`,
    "iu",
  ),
  new RegExp(`(?:class |label )${value} (?:is|as|counts as) (?:the )?positive\\b`, "iu"),
  new RegExp(`\\b(?:of|for|on) (?:the )?(?:class|label) ${value}`, "iu"),
  new RegExp(`\\b(?:of|for|on) (?:the )?${quoted} (?:class|label)\\b`, "iu"),
  new RegExp(`\\bprobabilit(?:y|ies) (?:that|of) [\\p{L}\\d_ ]{1,60}? ?(?:==?|is|equals|being) ?${explicit}`, "iu"),
  new RegExp(`\\bP\\([^()=]{1,60}==? ?${value}\\)`, "u"),
];

/** Words that stand in a class's place and name none. */
const none =
  /^(?:the|a|an|each|every|all|any|its|per|positive|negative|target|labels?|class(?:es)?|is|of|and|or|with|1st)$/i;

/** The class that a text scores as the positive one, where it names one: "F1 of the class `churned`", "the probability that Survived = 1". */
export const positiveClassIn = (text: string): string | undefined => {
  for (const pattern of patterns) {
    const found = pattern
      .exec(text)
      ?.slice(1)
      .find((group) => group !== undefined)
      ?.trim()
      .replace(/[.]$/, "");
    if (found !== undefined && found !== "" && !none.test(found)) return found;
  }
  return undefined;
};
