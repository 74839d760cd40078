import { chatFields, messageFields, type ChatRequest } from "./chat-request.ts";
import { refusedFields } from "./refused-fields.ts";

/** Headers have limits; the rest is counted. */
const shown = 24;
const longest = 40;

/** What the header of an answer can say of the fields that had no part in it; `undefined` where all had. */
export const ignoredFields = (body: ChatRequest): string | undefined => {
  const known = (name: string) => chatFields.has(name) || refusedFields.has(name);
  const names = new Set([
    ...namesIn(body, known),
    ...body.messages.flatMap((message) => namesIn(message, (name) => messageFields.has(name), "messages[].")),
  ]);
  if (names.size === 0) return undefined;
  const listed = [...names].slice(0, shown).map(asHeader);
  return [...listed, ...(names.size > shown ? [`and ${names.size - shown} more`] : [])].join(", ");
};

/** `null` is how clients leave a field out. */
const namesIn = (
  object: Readonly<Record<string, unknown>>,
  isKnown: (name: string) => boolean,
  prefix = "",
): readonly string[] =>
  Object.entries(object).flatMap(([name, value]) =>
    isKnown(name) || value === null || value === undefined ? [] : [`${prefix}${name}`],
  );

/** Header values take few characters. */
const asHeader = (name: string): string => name.replaceAll(/[^\w.[\]-]/g, "?").slice(0, longest);
