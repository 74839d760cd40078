/** A message of an answer in OpenAI's harmony format, by what it is for. */
export interface ChannelMessage {
  readonly kind: "thought" | "call" | "text";
  readonly text: string;
}

const token = /<\|(start|channel|constrain|message|end|return|call)\|>/g;

/**
 * The messages of an answer in OpenAI's harmony format, as gpt-oss writes and some servers hand on; `undefined` for any other. Analysis is thought, what goes to a
 * tool is a call, in whichever channel, and the final channel is text; of the commentary, which is written to the user before a call, too.
 */
export const channelMessages = (answer: string): readonly ChannelMessage[] | undefined => {
  if (answer.includes("<|channel|>")) return markedMessages(answer);
  const final = answer.startsWith("analysis") ? answer.lastIndexOf(unmarked) : -1;
  if (final === -1) return undefined;
  return [
    { kind: "thought", text: answer.slice("analysis".length, final) },
    { kind: "text", text: answer.slice(final + unmarked.length) },
  ];
};

/** What is left of the marks where a server drops special tokens. */
const unmarked = "assistantfinal";

const markedMessages = (answer: string): readonly ChannelMessage[] => {
  const messages: ChannelMessage[] = [];
  let header: string | undefined;
  // An answer may begin in the middle of a thought that the prompt opened.
  let kind: ChannelMessage["kind"] = "thought";
  let from = 0;
  const take = (to: number) => {
    const text = answer.slice(from, to);
    if (header !== undefined) header += text;
    else if (text.trim() !== "") messages.push({ kind, text });
  };
  for (const { index, 0: mark, 1: name = "" } of answer.matchAll(token)) {
    take(index);
    from = index + mark.length;
    const isHeader = name === "start" || name === "channel" || name === "constrain";
    kind = name === "message" ? kindOf(header ?? "") : "thought";
    header = isHeader ? `${header ?? ""} ${name} ` : undefined;
  }
  take(answer.length);
  return messages;
};

const kindOf = (header: string): ChannelMessage["kind"] => {
  // What tools and users say is made up where a model writes it.
  if (/\bto\s*=\s*assistant\b|start\s+(?:user|system|developer)\b/.test(header)) return "thought";
  if (/\bto\s*=\s*\S/.test(header)) return "call";
  return /channel\s+analysis\b/.test(header) ? "thought" : "text";
};
