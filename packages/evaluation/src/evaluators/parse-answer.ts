import { jsonrepair } from "jsonrepair";

/** The JSON object in a model's answer, repaired where it can be: fences and prose around it, single quotes, a missing brace. */
export const parseAnswer = (text: string): unknown => {
  const start = text.indexOf("{");
  if (start === -1) return undefined;
  const end = text.lastIndexOf("}");
  for (const candidate of [text.slice(start, end + 1), text.slice(start)]) {
    try {
      return JSON.parse(jsonrepair(candidate));
    } catch {
      // The other cut may be readable; where neither is, the answer says nothing.
    }
  }
  return undefined;
};
