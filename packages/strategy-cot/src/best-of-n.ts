import { parseRating } from "@aide-ts/answer";
import { definePlugin, succeeded, type Candidate, type Proposal, type Work } from "@aide-ts/plugin";
import { z } from "zod";
import { promptFile } from "./prompt-file.ts";
import { bestOf, candidates, solutions } from "./sampling.ts";
import { situation } from "./situation.ts";

const options = z.strictObject({
  n: z.int().min(1).max(64).default(4).describe("Scripts for one proposal."),
  by: z
    .enum(["score", "judge"])
    .default("score")
    .describe("`score`: all are run, and the best search score wins. `judge`: none is run; a model rates each."),
  judge: z.string().min(1).default("judge").describe("Role whose model rates."),
});

/**
 * Best of n: several scripts for one proposal, of which the best is kept. By score it costs n executions, by a judge n calls and no execution; of equals
 * the first wins.
 */
export const bestOfN = definePlugin({
  kind: "strategy",
  name: "best-of-n",
  summary: "Several scripts for one proposal, of which the best is kept.",
  options,
  needs: () => [],
  shape: ({ n, by, judge }) => ({ generations: [0, by === "judge" ? n : 0], next: [n, n], roles: [judge] }),
  prompts: { "best-of-n/judge": promptFile("judge") },
  create:
    ({ n, by, judge }) =>
    (next) =>
    async (proposal, work) => {
      if (by === "judge") return bestRated(await candidates(n, next, proposal, work), judge, proposal, work);
      const made = await solutions(n, next, proposal, work);
      work.note({ valid: made.filter(({ evaluation }) => evaluation.valid).length });
      return bestOf(work.task, made)?.candidate ?? nothing;
    },
});

const bestRated = async (
  made: readonly Candidate[],
  role: string,
  proposal: Proposal,
  work: Work,
): Promise<Candidate> => {
  const written = made.filter(({ code }) => code !== "");
  if (written.length < 2) return written[0] ?? made[0] ?? nothing;
  const rated = succeeded(
    await work.fanOut(written.length, async (branch, index) => {
      const slots = { ...situation(proposal, branch), candidate: written[index]?.code ?? "" };
      const { text } = await branch.generate(
        { messages: branch.prompt("best-of-n/judge", slots) },
        { role, phase: "judge" },
      );
      return { index, rating: parseRating(text) ?? -1 };
    }),
  );
  const best = rated.reduce((kept, one) => (one.rating > kept.rating ? one : kept));
  work.note({ ratings: rated.map(({ rating }) => rating), chosen: best.index });
  return written[best.index] ?? nothing;
};

const nothing: Candidate = { plan: "", code: "", defect: "no-code" };
