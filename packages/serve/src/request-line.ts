import type { RequestSummary } from "./exchange.ts";

/** What the terminal shows of a request: nothing that a client wrote. */
export const requestLine = (
  model: string,
  { usage, end }: RequestSummary,
  time: { readonly at: number; readonly ms: number },
): string => {
  const clock = new Date(time.at).toTimeString().slice(0, 8);
  const tokens =
    usage === undefined
      ? []
      : [`${usage.prompt} tokens in (${usage.cached} cached)`, `${usage.reasoning + usage.answer} out`];
  return [clock, model, ...tokens, `${Math.round(time.ms)} ms`, end].join("  ");
};
