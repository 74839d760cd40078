import { AideError, type Message } from "@aide-ts/plugin";
import { z } from "zod";
import { answerLine } from "../protocol/chunk.ts";
import { Counted, Rendered } from "../protocol/replies.ts";
import { chatBody, renderBody, type Chat } from "../protocol/requests.ts";
import type { OllamaServer, Waiting } from "../protocol/server.ts";

/** What a server does with a model, found out by asking it. */
export const ServerTraits = z.object({
  /** It shows the prompt that it makes of messages. */
  renders: z.boolean(),
  /** Thoughts stand between <think> and </think> in that prompt. */
  rendersThoughts: z.boolean(),
  /** It refuses a prompt that is longer than the context, where `truncate: false` asks it to. */
  refuses: z.boolean(),
  /** Its counts of prompts include tokens that it had evaluated before. */
  countsCached: z.boolean(),
});

export type ServerTraits = z.output<typeof ServerTraits>;

export interface Probed {
  /** As every call has them: the probe loads the model, and no call is to load it anew. */
  readonly chat: Omit<Chat, "messages" | "schema">;
  readonly contextTokens: number;
  readonly canThink: boolean;
}

const user = (content: string): Message => ({ role: "user", content });

/** @throws what asking throws. */
export const probe = async (server: OllamaServer, probed: Probed, waiting: Waiting): Promise<ServerTraits> => {
  const renders = await rendersMessages(server, probed, waiting);
  return {
    renders,
    rendersThoughts: renders && probed.canThink && (await rendersThoughts(server, probed, waiting)),
    refuses: await refusesLong(server, probed, waiting),
    countsCached: await countsCached(server, probed, waiting),
  };
};

/** A prompt as the server makes it of messages; `undefined` where it does not show it. */
export const render = async (
  server: OllamaServer,
  chat: Omit<Chat, "schema">,
  waiting: Waiting,
): Promise<string | undefined> => {
  const answer = await server.ask("/api/chat", renderBody(chat), z.unknown(), waiting);
  return Rendered.safeParse(answer).data?._debug_info.rendered_template;
};

const rendersMessages = async (server: OllamaServer, { chat }: Probed, waiting: Waiting): Promise<boolean> => {
  const contents = ["First question 7.", "First answer 8.", "Second question 9."] as const;
  const [first, answer, second] = contents;
  const messages: readonly Message[] = [user(first), { role: "assistant", content: answer }, user(second)];
  const text = await render(server, { ...chat, messages }, waiting);
  if (text === undefined) return false;
  const at = contents.map((content) => text.indexOf(content));
  return at.every((place, index) => place > (at[index - 1] ?? -1));
};

/** A template that is not shown by /api/show, but built into the server, shows its tags only so. */
const rendersThoughts = async (server: OllamaServer, { chat }: Probed, waiting: Waiting): Promise<boolean> => {
  const body = renderBody({ ...chat, messages: [user("Question.")] });
  const messages = [
    { role: "user", content: "Question." },
    { role: "assistant", content: "Answer.", thinking: "Thought 7." },
  ];
  const answer = await server.ask("/api/chat", { ...body, messages }, z.unknown(), waiting);
  const text = Rendered.safeParse(answer).data?._debug_info.rendered_template ?? "";
  return /<think>\s*Thought 7\.\s*<\/think>/.test(text);
};

/** A server that does not refuse is left as soon as it answers. */
const refusesLong = async (
  server: OllamaServer,
  { chat, contextTokens }: Probed,
  waiting: Waiting,
): Promise<boolean> => {
  const messages = [user("word ".repeat(contextTokens + 64))];
  try {
    await server.stream("/api/chat", chatBody({ ...chat, messages, schema: undefined }), waiting, (line) =>
      answerLine(line) === undefined ? "go on" : "done",
    );
    return false;
  } catch (error) {
    if (AideError.is(error) && error.code === "AIDE_CONTEXT_OVERFLOW") return true;
    throw error;
  }
};

const countsCached = async (server: OllamaServer, { chat }: Probed, waiting: Waiting): Promise<boolean> => {
  const messages = [user("Say yes, and then say it once more.")];
  const body = { ...chatBody({ ...chat, messages, schema: undefined }), stream: false };
  const first = await server.ask("/api/chat", body, Counted, waiting);
  const second = await server.ask("/api/chat", body, Counted, waiting);
  return first.prompt_eval_count !== undefined && first.prompt_eval_count === second.prompt_eval_count;
};
