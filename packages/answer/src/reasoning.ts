/**
 * Splits a finished answer into what was thought and what was said. Chat templates often put the opener into the prompt, so a closer without
 * an opener ends a thought that began with the answer; an opener without a closer is a thought that was cut off. What was said between two
 * thoughts counts as thought.
 */
export const splitReasoning = (answer: string): { readonly reasoning: string; readonly text: string } => {
  const closed = answer.lastIndexOf(closer);
  const before = closed === -1 ? "" : answer.slice(0, closed);
  const after = closed === -1 ? answer : answer.slice(closed + closer.length);
  const opened = before.indexOf(opener);
  const finished =
    opened === -1 || before.slice(0, opened).trim() !== "" ? before : before.slice(opened + opener.length);
  const [said = "", ...unfinished] = after.split(opener);
  return {
    reasoning: [finished, unfinished.join(opener)]
      .map((thought) => thought.trim())
      .filter((thought) => thought !== "")
      .join("\n"),
    text: said === answer ? answer : said.trim(),
  };
};

const opener = "<think>";
const closer = "</think>";
