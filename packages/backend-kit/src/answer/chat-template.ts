import type { GenerateRequest, Message } from "@aide-ts/plugin";
import { Template } from "@huggingface/jinja";
import { resumedAnswer, type Stretch } from "./resumed-answer.ts";
import type { Beginning } from "./thought-splitter.ts";

export interface RenderedChat {
  readonly stretches: readonly Stretch[];
  readonly beginning: Beginning;
}

const chatml = `{% for message in messages %}<|im_start|>{{ message['role'] }}
{{ message['content'] }}<|im_end|>
{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant
{% endif %}`;

/** The date given to templates that ask for it: a prompt must not change overnight. */
const fixedDate = (format: string): string =>
  format.replaceAll(
    /%[a-zA-Z]/g,
    (part) => ({ "%d": "26", "%b": "Jul", "%B": "July", "%m": "07", "%Y": "2024" })[part] ?? "",
  );

const families: readonly (readonly [mark: string, name: string])[] = [
  ["<|im_start|>", "chatml"],
  ["<|start_header_id|>", "llama-3"],
  ["<｜Assistant｜>", "deepseek"],
  ["<start_of_turn>", "gemma"],
  ["[INST]", "mistral"],
  ["<|assistant|>", "phi"],
];

/** A model's chat template: turns messages into the text that it was trained on. */
export class ChatTemplate {
  readonly name: string;
  readonly thinks: boolean;
  readonly #template: Template;
  readonly #tokens: Readonly<Record<string, string>>;

  /** Throws when the template cannot be parsed. `source`: from the model file; without one ChatML is used. */
  constructor(
    source: string | undefined,
    options: { readonly bos: string; readonly eos: string; readonly thinking: "auto" | boolean },
  ) {
    this.#template = new Template(source?.replaceAll("strftime_now", "fixed_date") ?? chatml);
    this.#tokens = { bos_token: options.bos, eos_token: options.eos };
    this.name =
      source === undefined
        ? "chatml (the file has none)"
        : (families.find(([mark]) => source.includes(mark))?.[1] ?? "own");
    this.thinks = options.thinking === "auto" ? /<\/?think>/.test(source ?? "") : options.thinking;
  }

  /** Throws when the template refuses the messages. */
  render(request: GenerateRequest): RenderedChat {
    const stretches = [...this.#renderMessages(request.messages)];
    const last = stretches.at(-1);
    const opened = this.thinks && /<think>\s*$/.test(last?.special === true ? last.text : "");
    const resumed = resumedAnswer(request.continueFrom, { opened, thinks: this.thinks, open: false });
    return { stretches: [...stretches, ...resumed.stretches], beginning: resumed.beginning };
  }

  /**
   * The messages' contents are rendered as marks and put in afterwards, so that it is known which stretches people wrote. Templates that
   * trim contents are met by trimming them here.
   */
  #renderMessages(messages: readonly Message[]): readonly Stretch[] {
    const accepted = this.#accepted(messages);
    const direct = this.#format(accepted);
    const marked = this.#format(accepted.map((message, index) => ({ ...message, content: `\uE000${index}\uE001` })));
    const parts = marked.split(/\uE000(\d+)\uE001/);
    const fill = (contents: readonly string[]): readonly Stretch[] =>
      parts
        .map((part, index) =>
          index % 2 === 0 ? { text: part, special: true } : { text: contents[Number(part)] ?? "", special: false },
        )
        .filter((stretch) => stretch.text !== "");
    const contents = accepted.map((message) => message.content);
    const trimmed = fill(contents.map((content) => content.trim()));
    return trimmed.map((stretch) => stretch.text).join("") === direct ? trimmed : fill(contents);
  }

  /** Some templates know no system message: it then goes before the first message of the user. */
  #accepted(messages: readonly Message[]): readonly Message[] {
    const [first, second, ...rest] = messages;
    if (first?.role !== "system" || second?.role !== "user") return messages;
    const merged: readonly Message[] = [{ role: "user", content: `${first.content}\n\n${second.content}` }, ...rest];
    try {
      return this.#format([{ role: "system", content: "\uE000" }, second]).includes("\uE000") ? messages : merged;
    } catch {
      return merged;
    }
  }

  #format(messages: readonly Message[]): string {
    return this.#template.render({
      messages: messages.map(({ role, content }) => ({ role, content })),
      add_generation_prompt: true,
      fixed_date: fixedDate,
      ...this.#tokens,
    });
  }
}
