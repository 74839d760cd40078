import { hasBegun } from "@aide-ts/backend-kit";
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
  const { request, served, thinking } = asking;
  const { renderer, thinks, opened, splits, budgets, schemas } = served;
  const { continueFrom, pauseAfterThought = false, maxThoughtTokens, schema } = request;
  if (renderer === undefined) return askChat(asking);
  const resumes = hasBegun(continueFrom);
  if (resumes && !(thinks && continueFrom?.thinking))
    return askRaw({
      ...asking,
      renderer,
      continueFrom,
      open: false,
      pause: pauseAfterThought,
      limit: Infinity,
      schema,
    });
  const mustOpen = thinking === true && !opened;
  const limits = maxThoughtTokens !== undefined && !budgets;
  const frees = schema !== undefined && schemas && !splits;
  const needsThought = resumes || pauseAfterThought || mustOpen || limits || frees;
  return thinks && needsThought ? thinkFirst({ ...asking, renderer }) : askChat(asking);
};
