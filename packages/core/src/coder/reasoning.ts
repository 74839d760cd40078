/**
 * Splits a finished answer into what was thought and what was said. Chat templates often put the opener into the prompt, so a closer without
 * an opener ends a thought that began with the answer; an opener without a closer is a thought that was cut off.
 */
export const splitReasoning = (answer: string): { readonly reasoning: string; readonly text: string } => {
  const opened = answer.indexOf(opener);
  const closed = answer.lastIndexOf(closer);
  if (closed !== -1 && (opened === -1 || opened < closed)) {
    const start = opened === -1 || answer.slice(0, opened).trim() !== "" ? 0 : opened + opener.length;
    return { reasoning: answer.slice(start, closed).trim(), text: answer.slice(closed + closer.length).trimStart() };
  }
  if (opened !== -1)
    return { reasoning: answer.slice(opened + opener.length).trim(), text: answer.slice(0, opened).trimEnd() };
  return { reasoning: "", text: answer };
};

const opener = "<think>";
const closer = "</think>";
