import type { Capability, GenerateRequest, Message } from "@aide-ts/plugin";
import type { ChatMessage } from "./chat-request.ts";

type Conversation = Pick<GenerateRequest, "messages" | "continueFrom">;

/** Parts stand on lines of their own, as vLLM and llama.cpp join them. */
const textOf = ({ content }: ChatMessage): string =>
  typeof content === "string" ? content : (content ?? []).map(({ text }) => text).join("\n");

const asMessage = (message: ChatMessage): Message => ({
  role: message.role === "developer" ? "system" : message.role,
  content: textOf(message),
});

/**
 * A client's messages as a backend takes them. An assistant's message at the end is an answer begun, where the backend can go on from one, and
 * history where it cannot.
 */
export const conversationOf = (messages: readonly ChatMessage[], has: readonly Capability[]): Conversation => {
  const last = messages.at(-1);
  if (last?.role !== "assistant" || !has.includes("continuation")) return { messages: messages.map(asMessage) };
  return {
    messages: messages.slice(0, -1).map(asMessage),
    continueFrom: { reasoning: last.reasoning_content ?? "", thinking: false, text: textOf(last) },
  };
};
