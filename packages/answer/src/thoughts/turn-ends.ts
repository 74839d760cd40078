/** What models write when their turn is over, where the server hands it on. The last is struck-out text anywhere but at the very end. */
const ends =
  /<\|(?:im_end|eot_id|eom_id|eot|end_of_text|endoftext|end|return|call|END_OF_TURN_TOKEN)\|>|<end_of_turn>|<turn\|>|<｜end▁of▁sentence｜>|<\/s>(?=\s*$)/g;

/** The first turn of an answer: what a model writes behind it are turns of others that it makes up. */
export const firstTurn = (answer: string): string => {
  for (const { index, 0: mark } of answer.matchAll(ends))
    if (!isQuoted(answer, index, index + mark.length) && !isBlank(answer.slice(0, index)))
      return answer.slice(0, index);
  return answer;
};

/** As much of a line as is looked at on either side. */
const seen = 500;

/** Between quotes on its line: the string of a script, and no mark. */
const isQuoted = (text: string, from: number, to: number): boolean => {
  const left =
    text
      .slice(Math.max(0, from - seen), from)
      .split("\n")
      .at(-1) ?? "";
  const right = text.slice(to, to + seen).split("\n", 1)[0] ?? "";
  return ['"', "'"].some((quote) => left.split(quote).length % 2 === 0 && right.includes(quote));
};

const isBlank = (text: string): boolean => !/\S/.test(text);
