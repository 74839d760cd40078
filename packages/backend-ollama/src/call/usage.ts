import type { Usage } from "@aide-ts/plugin";

interface Lines {
  readonly reasoning: number;
  readonly text: number;
}

/** Tokens of an answer as the server counts them, split as its lines were. */
const split = (total: number, lines: Lines): Pick<Usage, "reasoning" | "answer"> => {
  const all = lines.reasoning + lines.text;
  const reasoning = all === 0 ? 0 : Math.round((total * lines.reasoning) / all);
  return { reasoning, answer: total - reasoning };
};

export interface Spending {
  /** The prompt's tokens as they were guessed. */
  readonly guessed: number;
  readonly lines: Lines;
  readonly counts:
    | { readonly prompt: number | undefined; readonly cached: number | undefined; readonly answer: number | undefined }
    | undefined;
  /** Tokens of this answer that the last call of the server read as part of its prompt. */
  readonly reread: number;
  readonly countsCached: boolean;
}

/** What a call has used, exactly where the server has counted the whole of it. */
export const usageOf = ({ guessed, lines, counts, reread, countsCached }: Spending): Usage => {
  if (counts?.prompt === undefined || counts.answer === undefined)
    return { prompt: guessed, cached: 0, reasoning: lines.reasoning, answer: lines.text, estimated: true };
  const answered = reread === 0 ? split(counts.answer, lines) : { reasoning: lines.reasoning, answer: counts.answer };
  if (!countsCached) {
    const prompt = Math.max(guessed, counts.prompt);
    return { prompt, cached: prompt - counts.prompt, ...answered, estimated: true };
  }
  const prompt = Math.max(1, counts.prompt - reread);
  return { prompt, cached: Math.min(prompt, counts.cached ?? 0), ...answered, estimated: reread > 0 };
};
