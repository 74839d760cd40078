import type { Json } from "@aide-ts/plugin";

/** A logged request's turns, as a prompt file holds them, then how its answer was made to begin. */
export const promptText = (request: Json | undefined): string => {
  if (typeof request !== "object" || request === null || !("messages" in request)) return "";
  const { messages, continueFrom } = request;
  const turns = Array.isArray(messages) ? messages.flatMap((message: Json) => turnText(message)) : [];
  const begun =
    typeof continueFrom === "object" && continueFrom !== null && "text" in continueFrom
      ? [`=== the answer begins\n${String(continueFrom["text"])}`]
      : [];
  return [...turns, ...begun].join("\n\n");
};

const turnText = (message: Json): readonly string[] =>
  typeof message === "object" && message !== null && "role" in message && "content" in message
    ? [`=== ${String(message["role"])}\n${String(message["content"])}`]
    : [];
