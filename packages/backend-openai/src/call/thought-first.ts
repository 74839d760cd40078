import type { Generation, Usage } from "@aide-ts/plugin";
import { grantedTokens, type Asking, type Renderer } from "./asking.ts";
import { askRaw } from "./raw.ts";

/**
 * Lets the model think up to its budget, then closes the thought and lets it answer: budget forcing as in s1 (Muennighoff et al. 2025,
 * arXiv:2501.19393), by two completions of which the second finds the first in the server's prefix cache.
 */
export const thinkFirst = async (asking: Asking & { readonly renderer: Renderer }): Promise<Generation> => {
  const { request, queuedMs } = asking;
  const { continueFrom, pauseAfterThought = false, maxThoughtTokens = Infinity } = request;
  const granted = grantedTokens(asking);
  const budget = Math.min(granted, Math.max(1, maxThoughtTokens));
  const thought = await askRaw({ ...asking, continueFrom, open: true, pause: true, limit: budget, schema: undefined });
  const outOfBudget = thought.finish === "length-in-thought" && budget < granted;
  if (thought.finish !== "thought-end" && !outOfBudget) return thought;
  if (pauseAfterThought) return { ...thought, finish: "thought-end" };
  const left = granted - thought.usage.reasoning - thought.usage.answer;
  if (left < 1) return { ...thought, finish: "length-in-thought" };
  const reasoning = (continueFrom?.reasoning ?? "") + thought.reasoning;
  const answer = await askRaw({
    ...asking,
    queuedMs: 0,
    continueFrom: { reasoning, thinking: false, text: "" },
    open: true,
    pause: false,
    limit: left,
    schema: request.schema,
  });
  const usage = together(thought.usage, answer.usage, asking.served.prefixBlock);
  return {
    ...answer,
    reasoning: thought.reasoning,
    usage,
    timing: {
      queuedMs,
      firstTokenMs: thought.timing.firstTokenMs,
      totalMs: thought.timing.totalMs + answer.timing.totalMs,
    },
  };
};

/** Where the server does not say what it found in its cache, whole blocks of what the first call evaluated are taken to be found by the second. */
const together = (first: Usage, second: Usage, block: number | undefined): Usage => {
  const silent = second.cached === 0 && block !== undefined;
  const known = Math.min(first.prompt + first.reasoning, second.prompt - 1);
  const cached = silent ? Math.floor(known / block) * block : second.cached;
  return {
    prompt: first.prompt + second.prompt,
    cached: first.cached + Math.max(0, cached),
    reasoning: first.reasoning + first.answer + second.reasoning,
    answer: second.answer,
    estimated: first.estimated || second.estimated || silent,
  };
};
