/** A message's content, thoughts apart from text. */
export interface Content {
  readonly text: string;
  readonly reasoning: string;
}

const nothing: Content = { text: "", reasoning: "" };
const deepest = 4;

/**
 * Reads content that is text, or a list of parts: `text` and `output_text` (OpenAI), `thinking` whose own content is a list again (Mistral) or text (Anthropic),
 * `reasoning` with text or a summary (OpenAI, OpenRouter). What is neither, as images and calls of tools, is left out.
 */
export const readContent = (content: unknown): Content => inPart(content, deepest);

const inPart = (part: unknown, depth: number): Content => {
  if (typeof part === "string") return { text: part, reasoning: "" };
  if (Array.isArray(part)) return depth > 0 ? together(part.map((one) => inPart(one, depth - 1))) : nothing;
  if (!isFields(part)) return nothing;
  const type = typeof part["type"] === "string" ? part["type"] : "";
  if (/^(?:thinking|reasoning|thought|summary)/.test(type)) {
    const written = part["thinking"] ?? part["text"] ?? part["reasoning"] ?? part["summary"] ?? part["content"];
    const { text, reasoning } = inPart(written, depth - 1);
    return { text: "", reasoning: text + reasoning };
  }
  return /^(?:(?:output_)?text|message|)$/.test(type) ? inPart(part["text"] ?? part["content"], depth - 1) : nothing;
};

const together = (parts: readonly Content[]): Content => ({
  text: parts.map(({ text }) => text).join(""),
  reasoning: parts.map(({ reasoning }) => reasoning).join(""),
});

const isFields = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;
