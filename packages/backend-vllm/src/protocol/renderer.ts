import { messagesOf, type Body, type ChatServer, type RenderedPrompt, type Renderer } from "@aide-ts/backend-openai";
import type { Message } from "@aide-ts/plugin";
import { z } from "zod";
import { doesNotTokenize } from "../errors.ts";

const tokenized = z.looseObject({
  tokens: z.array(z.int().nonnegative()),
  token_strs: z.array(z.string()).nullish(),
});

/** Few enough to hold a tag however it is cut into tokens. */
const tailLength = 8;

/** Prompts rendered and counted by the server itself, which owns template and vocabulary; an answer is gone on from token by token. */
export class ServerRenderer implements Renderer {
  readonly #server: ChatServer;
  readonly #model: string;
  readonly #systemMessages: "keep" | "merge";

  constructor(server: ChatServer, model: string, systemMessages: "keep" | "merge") {
    this.#server = server;
    this.#model = model;
    this.#systemMessages = systemMessages;
  }

  /** @throws AIDE_BACKEND_REFUSED where the server does not tokenize. */
  async render(messages: readonly Message[], signal: AbortSignal): Promise<RenderedPrompt> {
    const { tokens, token_strs } = await this.#tokenize(
      {
        messages: messagesOf({ messages }, this.#systemMessages),
        add_generation_prompt: true,
        return_token_strs: true,
      },
      signal,
    );
    // Byte-level vocabularies write a space as Ġ and a line's end as Ċ, others a space as ▁.
    const tail = (token_strs ?? [])
      .slice(-tailLength)
      .join("")
      .replaceAll(/[ĠĊ▁\s]/g, "");
    return {
      tokens: tokens.length,
      opened: tail.endsWith("<think>"),
      followedBy: async (text) => {
        const more =
          text === "" ? [] : (await this.#tokenize({ prompt: text, add_special_tokens: false }, signal)).tokens;
        return { prompt: [...tokens, ...more], tokens: tokens.length + more.length };
      },
    };
  }

  async #tokenize(fields: Body, signal: AbortSignal): Promise<z.output<typeof tokenized>> {
    const body = { model: this.#model, ...fields };
    const answer = tokenized.safeParse(await this.#server.json({ path: "/tokenize", root: true, body }, signal));
    if (answer.success) return answer.data;
    throw doesNotTokenize(this.#server.url);
  }
}
