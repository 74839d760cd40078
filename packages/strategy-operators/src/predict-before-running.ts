import { readFileSync } from "node:fs";
import { splitReasoning } from "@aide-ts/answer";
import { definePlugin, type Candidate, type Proposal, type Work } from "@aide-ts/plugin";
import { z } from "zod";
import { different, noCandidate, severalOf } from "./candidates.ts";

const prompt = readFileSync(new URL("../prompts/compare.md", import.meta.url), "utf8");

const options = z.strictObject({
  n: z.int().min(2).max(16).default(2).describe("Candidates for one proposal, of which one is run."),
  judge: z.string().min(1).default("judge").describe("Role whose model compares."),
  bothOrders: z
    .boolean()
    .default(false)
    .describe("Asks about each pair twice, once in each order; answers that contradict each other count for nothing."),
});

/**
 * Predicts which of several candidates will score best before any of them is run (Zheng et al. 2026, arXiv 2601.05930, where large models were right about 61.5 % of
 * pairs): a judge compares the first two, what it prefers with the third, and so on. Which of a pair is shown first is drawn at random, because models favour a place
 * (Wang et al. 2023, arXiv 2305.17926). Where nothing can be read from an answer, the earlier one stays.
 */
export const predictBeforeRunning = definePlugin({
  kind: "strategy",
  name: "predict-before-running",
  summary: "A judge predicts which of several candidates is worth running.",
  options,
  needs: () => [],
  shape: ({ n, judge, bothOrders }) => ({
    generations: [0, (n - 1) * (bothOrders ? 2 : 1)],
    next: [n, n],
    roles: [judge],
  }),
  prompts: { "predict-before-running/compare": prompt },
  create:
    ({ n, judge, bothOrders }) =>
    (next) =>
    async (proposal, work) => {
      const made = await severalOf(n, next, proposal, work);
      const [first = noCandidate, ...others] = different(made);
      if (others.length === 0) return first;
      const preferred: ("earlier" | "later" | "neither")[] = [];
      let best = first;
      for (const other of others) {
        const pick = await compared([best, other], { role: judge, bothOrders }, proposal, work);
        preferred.push(pick);
        if (pick === "later") best = other;
      }
      work.note({ candidates: made.length, preferred, picked: made.indexOf(best) });
      return best;
    },
});

interface Judge {
  readonly role: string;
  readonly bothOrders: boolean;
}

const compared = async (
  [earlier, later]: readonly [Candidate, Candidate],
  { role, bothOrders }: Judge,
  proposal: Proposal,
  work: Work,
): Promise<"earlier" | "later" | "neither"> => {
  const parent = work.journal.solution(proposal.parents[0] ?? "");
  const situation = { code: parent?.candidate.code ?? "", feedback: parent?.evaluation.feedback ?? "" };
  const ask = async (swapped: boolean) => {
    const [first, second] = swapped ? [later.code, earlier.code] : [earlier.code, later.code];
    const messages = work.prompt("predict-before-running/compare", { ...situation, first, second });
    const { text } = await work.generate({ messages }, { role, phase: "judge" });
    const better = betterOf(text);
    if (better === undefined) return "neither";
    return (better === "A") === swapped ? "later" : "earlier";
  };
  const swapped = work.random() < 0.5;
  const pick = await ask(swapped);
  if (!bothOrders || pick === "neither") return pick;
  return (await ask(!swapped)) === pick ? pick : "neither";
};

/** The last line that names one, as `Better: A`, or that is nothing but one. */
const betterOf = (answer: string): string | undefined => {
  const text = splitReasoning(answer).text.replaceAll(/[*_`]/g, "");
  const named = [...text.matchAll(/^\s*(?:better\s*:?\s*)?(?:script\s+)?([AB])[.!]?\s*$/gim)].at(-1);
  return named?.[1]?.toUpperCase();
};
