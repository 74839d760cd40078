import type { Generation, Message } from "@aide-ts/plugin";

/** System messages put before the first message of the user, for models that were trained without them. */
export const withoutSystem = (messages: readonly Message[]): readonly Message[] => {
  const system = messages.filter(({ role }) => role === "system").map(({ content }) => content);
  const others = messages.filter(({ role }) => role !== "system");
  const [first, ...rest] = others;
  if (system.length === 0) return messages;
  if (first?.role !== "user") return [{ role: "user", content: system.join("\n\n") }, ...others];
  return [{ role: "user", content: [...system, first.content].join("\n\n") }, ...rest];
};

/** A call that was stopped before it was sent. */
export const neverSent = (queuedMs: number): Generation => ({
  text: "",
  reasoning: "",
  finish: "aborted",
  usage: { prompt: 0, cached: 0, reasoning: 0, answer: 0, estimated: false },
  timing: { queuedMs, firstTokenMs: queuedMs, totalMs: queuedMs },
});

/** Tokens that a prompt has at the least and at the most, whatever the vocabulary: no token is shorter than a byte, few are longer than 16. */
export const promptBounds = (messages: readonly Message[]): { readonly least: number; readonly most: number } => {
  const bytes = messages.reduce((sum, { content }) => sum + Buffer.byteLength(content), 0);
  return { least: Math.floor(bytes / 16), most: bytes + messages.length * 16 + 64 };
};
