import type { Generation } from "@aide-ts/plugin";
import type { Asking } from "./asking.ts";
import { askChat } from "./chat.ts";
import { askRaw } from "./raw.ts";
import { thinkFirst } from "./thought-first.ts";

/**
 * Asks in the way that the request needs: as a chat where the server can do all of it, by completions where an answer is gone on from, or where a
 * thought must be opened, paused after, kept short, or kept free of a schema that the server would hold it to.
 */
export const ask = (asking: Asking): Promise<Generation> => {
  const { request, served, options } = asking;
  const { continueFrom, pauseAfterThought = false, maxThoughtTokens, schema } = request;
  const resumes =
    continueFrom !== undefined && (continueFrom.thinking || continueFrom.reasoning !== "" || continueFrom.text !== "");
  if (!served.tokenizes) return askChat(asking);
  if (resumes && !(served.thinks && continueFrom.thinking))
    return askRaw({ ...asking, continueFrom, open: false, pause: pauseAfterThought, limit: Infinity, schema });
  const mustOpen = options.thinking === true && !served.opened && !served.splits;
  const limits = maxThoughtTokens !== undefined && !served.budgets;
  const frees = schema !== undefined && !served.splits;
  const needsThought = served.thinks && (resumes || pauseAfterThought || mustOpen || limits || frees);
  return needsThought ? thinkFirst(asking) : askChat(asking);
};
