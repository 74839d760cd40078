import { readFileSync } from "node:fs";
import { canonicalProgram } from "@aide-ts/answer";
import {
  definePlugin,
  type JournalView,
  type Proposal,
  type Random,
  type Solution,
  type Solve,
  type Work,
} from "@aide-ts/plugin";
import { z } from "zod";
import { ranked, rootOf } from "./branches.ts";
import { recombinations, type Recombined } from "./recombine.ts";

const prompt = readFileSync(new URL("../prompts/crossover.md", import.meta.url), "utf8");

const name = "fusion";

const options = z.strictObject({
  after: z
    .int()
    .min(1)
    .default(3)
    .describe("Improvements in a row without a new best score before a fusion, and from one fusion to the next."),
});

/**
 * Joins the best of two branches where the search stagnates (MLEvolve, arXiv 2606.06473, which does so after 3 steps without a better score). Solutions of functions
 * are joined without a model: the best one gets a function of the next best one that can give it one, so that a program results which has not been run. Where the best is
 * no such solution, the next strategy is asked to combine it with the best of another branch.
 */
export const fusion = definePlugin({
  kind: "strategy",
  name,
  summary: "Joins the best of two branches where the search stagnates (MLEvolve).",
  options,
  needs: () => [],
  shape: () => ({ generations: [0, 0], next: [0, 1], operators: ["improve"] }),
  prompts: { "coder/crossover": prompt },
  create:
    ({ after }) =>
    (next) =>
    async (proposal, work) => {
      const { journal } = work;
      const [best, ...others] = ranked(journal);
      if (proposal.operator !== "improve" || best === undefined || !isStagnant(best, after, journal))
        return next(proposal, work);
      const joined = joinedOf(best, others, work);
      if (joined.kind === "none") return next(proposal, work);
      if (joined.kind === "function") {
        work.note({ best: best.id, other: joined.other.id, function: joined.made.function });
        return { plan: `fusion, ${joined.made.function}`, code: joined.made.code, from: best.id };
      }
      work.note({ best: best.id, other: joined.other.id, function: null });
      return crossed(best, joined.other, proposal, work, next);
    },
});

const isStagnant = (best: Solution, after: number, { outcomes }: JournalView): boolean => {
  const last = outcomes.findLastIndex(({ number, notes }) => number === best.proposal || notes[name] !== undefined);
  return outcomes.slice(last + 1).filter(({ proposal }) => proposal.operator === "improve").length >= after;
};

type Joined =
  | { readonly kind: "function"; readonly other: Solution; readonly made: Recombined }
  | { readonly kind: "crossover"; readonly other: Solution }
  | { readonly kind: "none" };

const joinedOf = (best: Solution, others: readonly Solution[], { journal, random }: Work): Joined => {
  const known = new Set(
    journal.outcomes.flatMap(({ solutions }) => solutions.map(({ candidate }) => programOf(candidate.code))),
  );
  const program = programOf(best.candidate.code);
  const different = others.filter(({ candidate }) => programOf(candidate.code) !== program);
  let isOfFunctions = false;
  for (const other of different) {
    const possible = recombinations(best.candidate.code, other.candidate.code);
    isOfFunctions ||= possible !== undefined;
    const made = drawn(possible?.filter(({ code }) => !known.has(programOf(code))) ?? [], random);
    if (made !== undefined) return { kind: "function", other, made };
  }
  const root = rootOf(best, journal);
  const other = isOfFunctions ? undefined : different.find((one) => rootOf(one, journal) !== root);
  return other === undefined ? { kind: "none" } : { kind: "crossover", other };
};

/** The same for what differs in formatting, comments and names of variables alone. */
const programOf = (code: string): string => canonicalProgram(code) ?? code;

const drawn = <T>(items: readonly T[], random: Random): T | undefined =>
  items.length === 0 ? undefined : items[Math.floor(random() * items.length)];

/** What comes of it descends from the best, whichever solution the search had proposed to improve. */
const crossed = async (best: Solution, other: Solution, proposal: Proposal, work: Work, next: Solve) => {
  const descending = work.with({
    evaluate: (candidate, inner) => inner.evaluate({ from: best.id, ...candidate }),
  });
  const parents = [best.id, other.id];
  return { from: best.id, ...(await next({ ...proposal, operator: "crossover", parents }, descending)) };
};
