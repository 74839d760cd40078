import { Template } from "@huggingface/jinja";
import type { GenerateRequest } from "@aide-ts/plugin";

/** A part of a rendered prompt: the template's own text, whose special tokens count, or a message's, where they are plain text. */
export interface PromptPart {
  readonly text: string;
  readonly special: boolean;
}

export interface RenderedPrompt {
  readonly parts: readonly PromptPart[];
  /** Whether the prompt ends inside a thought. */
  readonly thinking: boolean;
}

const chatMl =
  "{% for message in messages %}<|im_start|>{{ message.role }}\n{{ message.content }}<|im_end|>\n{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}";

/** Renders requests by a model's own chat template (Jinja, as it stands in the GGUF); ChatML where it has none. */
export class ChatTemplate {
  readonly #template: Template;
  readonly #tokens: { readonly bos_token: string; readonly eos_token: string };

  constructor(source: string | undefined, tokens: { readonly bos: string; readonly eos: string }) {
    this.#template = new Template(source ?? chatMl);
    this.#tokens = { bos_token: tokens.bos, eos_token: tokens.eos };
  }

  render({ messages, continueFrom }: GenerateRequest): RenderedPrompt {
    const contents = messages.map(({ content }) => content);
    const rendered = this.#template.render({
      ...this.#tokens,
      messages: messages.map(({ role }, at) => ({ role, content: placeholder(at) })),
      add_generation_prompt: true,
    });
    const parts = split(rendered, contents);
    const opened = /<think>\s*$/.test(rendered);
    if (continueFrom === undefined) return { parts, thinking: opened };
    const { reasoning, thinking, text } = continueFrom;
    const thought = reasoning === "" && !thinking ? closed(opened) : thoughtParts(reasoning, thinking, opened);
    return { parts: [...parts, ...thought, { text, special: false }], thinking };
  }
}

const thoughtParts = (reasoning: string, thinking: boolean, opened: boolean): readonly PromptPart[] => [
  ...(opened ? [] : [{ text: "<think>\n", special: true }]),
  { text: reasoning, special: false },
  ...(thinking ? [] : [{ text: "\n</think>\n\n", special: true }]),
];

/** An answer that goes on outside a thought that the template opened closes it first. */
const closed = (opened: boolean): readonly PromptPart[] => (opened ? [{ text: "\n</think>\n\n", special: true }] : []);

const placeholder = (at: number): string => `\u{e000}${at}\u{e001}`;

const split = (rendered: string, contents: readonly string[]): readonly PromptPart[] =>
  rendered.split(/(\u{e000}\d+\u{e001})/u).flatMap((text): PromptPart[] => {
    const at = /^\u{e000}(\d+)\u{e001}$/u.exec(text)?.[1];
    if (at !== undefined) return [{ text: contents[Number(at)] ?? "", special: false }];
    return text === "" ? [] : [{ text, special: true }];
  });
