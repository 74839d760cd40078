import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { ChatTemplate, withoutSystem } from "@aide-ts/backend-kit";
import type { RenderedPrompt, Renderer } from "@aide-ts/backend-openai";
import type { Message } from "@aide-ts/plugin";
import { Tokenizer } from "@huggingface/tokenizers";
import { z } from "zod";

const token = z
  .union([z.string(), z.looseObject({ content: z.string() })])
  .nullish()
  .transform((value) => (typeof value === "string" ? value : (value?.content ?? "")));
const template = z.union([z.string(), z.array(z.looseObject({ name: z.string(), template: z.string() }))]).nullish();
const tokenizerConfig = z.looseObject({ bos_token: token, eos_token: token, chat_template: template });

/** Prompts rendered and counted by the model's own files: the server does neither. */
export class LocalRenderer implements Renderer {
  readonly #template: ChatTemplate;
  readonly #tokenizer: Tokenizer;
  /** What the server's tokenizer puts before a prompt of its own accord, so that it must not stand in the prompt. */
  readonly #prefix: string;
  readonly #systemMessages: "keep" | "merge";

  private constructor(template: ChatTemplate, tokenizer: Tokenizer, prefix: string, systemMessages: "keep" | "merge") {
    this.#template = template;
    this.#tokenizer = tokenizer;
    this.#prefix = prefix;
    this.#systemMessages = systemMessages;
  }

  /** `undefined` where the folder has no tokenizer that can be read here. */
  static async open(
    folder: string,
    options: { readonly systemMessages: "keep" | "merge"; readonly thinking: "auto" | boolean },
  ): Promise<LocalRenderer | undefined> {
    const json = async (file: string): Promise<unknown> => JSON.parse(await readFile(join(folder, file), "utf8"));
    try {
      const config = await json("tokenizer_config.json");
      const { bos_token, eos_token, chat_template } = tokenizerConfig.parse(config);
      const source =
        (await readFile(join(folder, "chat_template.jinja"), "utf8").catch(() => undefined)) ??
        (Array.isArray(chat_template)
          ? chat_template.find(({ name }) => name === "default")?.template
          : (chat_template ?? undefined));
      const tokenizer = new Tokenizer(
        z.looseObject({}).parse(await json("tokenizer.json")),
        z.looseObject({}).parse(config),
      );
      const chat = new ChatTemplate(source, { bos: bos_token, eos: eos_token, thinking: options.thinking });
      const adds = tokenizer.encode("", { add_special_tokens: true }).ids.length > 0;
      return new LocalRenderer(chat, tokenizer, adds ? bos_token : "", options.systemMessages);
    } catch {
      return undefined;
    }
  }

  get thinks(): boolean {
    return this.#template.thinks;
  }

  async render(messages: readonly Message[]): Promise<RenderedPrompt> {
    const { stretches, beginning } = this.#template.render({
      messages: this.#systemMessages === "merge" ? withoutSystem(messages) : messages,
    });
    const whole = stretches.map(({ text }) => text).join("");
    const prompt = this.#prefix !== "" && whole.startsWith(this.#prefix) ? whole.slice(this.#prefix.length) : whole;
    return {
      tokens: this.#count(prompt),
      opened: beginning === "thought",
      followedBy: async (text) => ({ prompt: prompt + text, tokens: this.#count(prompt + text) }),
    };
  }

  #count(text: string): number {
    return this.#tokenizer.encode(text, { add_special_tokens: true }).ids.length;
  }
}
