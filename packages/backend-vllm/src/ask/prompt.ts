import type { ChatServer } from "@aide-ts/backend-openai";
import { messagesOf } from "@aide-ts/backend-openai";
import { AideError, type GenerateRequest } from "@aide-ts/plugin";
import { z } from "zod";

const tokenized = z.looseObject({
  count: z.int().nonnegative(),
  tokens: z.array(z.int().nonnegative()),
  token_strs: z.array(z.string()).nullish(),
});

/** A prompt as the server's chat template renders it. */
export interface RenderedPrompt {
  readonly tokens: readonly number[];
  /** The template has opened a thought already. */
  readonly opened: boolean;
}

export interface Prompting {
  readonly server: ChatServer;
  readonly model: string;
  readonly systemMessages: "keep" | "merge";
}

/** Few enough to hold a tag however it is cut into tokens. */
const TAIL = 8;

/** The server renders and counts: nobody else knows its template and vocabulary. */
export const renderPrompt = async (
  { server, model, systemMessages }: Prompting,
  request: Pick<GenerateRequest, "messages">,
  signal: AbortSignal,
): Promise<RenderedPrompt> => {
  const body = {
    model,
    messages: messagesOf(request, systemMessages),
    add_generation_prompt: true,
    return_token_strs: true,
  };
  const { tokens, token_strs } = await tokenize(server, body, signal);
  // Byte-level vocabularies write a space as Ġ and a line's end as Ċ.
  const tail = (token_strs ?? [])
    .slice(-TAIL)
    .join("")
    .replaceAll(/[ĠĊ▁\s]/g, "");
  return { tokens, opened: tail.endsWith("<think>") };
};

/** Tokens of a text that goes on where a prompt ends. */
export const continuationTokens = async (
  { server, model }: Pick<Prompting, "server" | "model">,
  text: string,
  signal: AbortSignal,
): Promise<readonly number[]> =>
  text === "" ? [] : (await tokenize(server, { model, prompt: text, add_special_tokens: false }, signal)).tokens;

const tokenize = async (
  server: ChatServer,
  body: Parameters<ChatServer["json"]>[0]["body"] & object,
  signal: AbortSignal,
) => {
  const answer = tokenized.safeParse(await server.json({ path: "/tokenize", root: true, body }, signal));
  if (answer.success) return answer.data;
  throw new AideError({
    code: "AIDE_BACKEND_REFUSED",
    message: "The server does not tokenize, so that no answer can be continued on it.",
    fix: "Take vLLM itself for this, or backend.use=openai without such strategies.",
    fault: "backend",
    facts: { server: server.url },
  });
};

/** What of an unfinished answer stands in the prompt, and what comes next. */
export interface Resumed {
  readonly text: string;
  readonly beginning: "text" | "thought" | "open";
}

/**
 * The text to go on from, as the model itself would have written it. `thinks`: whether the model thinks at all; `open`: whether a thought is to be
 * begun where neither the template nor the answer has.
 */
export const resumedAnswer = (
  unfinished: GenerateRequest["continueFrom"],
  { opened, thinks, open }: { readonly opened: boolean; readonly thinks: boolean; readonly open: boolean },
): Resumed => {
  const { reasoning, thinking, text } = unfinished ?? { reasoning: "", thinking: false, text: "" };
  const begun = thinking || reasoning !== "" || text !== "";
  if (!begun) {
    if (opened) return { text: "", beginning: "thought" };
    return open ? { text: "<think>\n", beginning: "thought" } : { text: "", beginning: thinks ? "open" : "text" };
  }
  if (!thinks || !(thinking || reasoning !== "" || opened)) return { text, beginning: "text" };
  const opener = opened ? "" : reasoning.startsWith("\n") ? "<think>" : "<think>\n";
  if (thinking) return { text: opener + reasoning, beginning: "thought" };
  return { text: opener + reasoning + closerAfter(reasoning, text) + text, beginning: "text" };
};

const closerAfter = (reasoning: string, text: string): string =>
  `${reasoning.endsWith("\n") || reasoning === "" ? "" : "\n"}</think>${/^\s/.test(text) ? "" : "\n\n"}`;
