import { functionNamed } from "@aide-ts/answer";
import {
  definePlugin,
  type Candidate,
  type JournalView,
  type Proposal,
  type Solution,
  type Work,
} from "@aide-ts/plugin";
import { z } from "zod";
import { improvementsSince, ranked } from "./branches.ts";
import { programNamed, runProgram, scoredAs } from "./run-program.ts";

const options = z.strictObject({
  seconds: z.int().min(1).default(30).describe("Of one search, within the executor's limit."),
  tries: z.int().min(1).default(200).describe("Candidates of one search, at most."),
  every: z
    .int()
    .min(1)
    .default(4)
    .describe("The first improvement is a search, and then each so many-th; the others are left to the next strategy."),
});

type Options = z.output<typeof options>;

const answer = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("tuned"),
    code: z.string(),
    tried: z.int(),
    /** Scores of the cross-validation, greater is better. */
    before: z.number(),
    after: z.number(),
  }),
  z.object({ kind: z.literal("none"), why: z.string() }),
]);

const program = programNamed("tune", "tune:", answer);

const cut = { kind: "none", why: "the search did not come to its end" } as const;

/**
 * An improvement without a model: the hyperparameters of the estimator that a solution's function `make_estimator` returns, by random search with
 * cross-validation on the training rows (Bergstra and Bengio 2012, JMLR 13). Each estimator is searched once, that of the best solution first: several
 * kinds of good estimators are what a blend gains by. Where there is none left, or nothing better is found, the next strategy is asked.
 */
export const tune = definePlugin({
  kind: "strategy",
  name: "tune",
  summary: "Searches an estimator's hyperparameters; asks no model.",
  options,
  needs: () => [],
  shape: () => ({ generations: [0, 0], next: [0, 1] }),
  create: (settings) => (next) => async (proposal, work) => {
    const solution = isDue(proposal, work.journal, settings) ? bestNotSearched(work.journal) : undefined;
    return (solution && (await tuned(solution, settings, work))) ?? next(proposal, work);
  },
});

/** Improvements are counted from the last search on, also from one that found nothing. */
const isDue = ({ operator }: Proposal, journal: JournalView, { every }: Options): boolean => {
  const isFirst = journal.outcomes.every(({ notes }) => notes["tune"] === undefined);
  return operator === "improve" && (isFirst || improvementsSince("tune", journal) + 1 >= every);
};

const noted = z.object({ estimator: z.string() });

const bestNotSearched = (journal: JournalView): Solution | undefined => {
  const searched = new Set(
    journal.outcomes.flatMap(({ notes }) => (notes["tune"] ?? []).map((note) => noted.safeParse(note).data?.estimator)),
  );
  return ranked(journal).find(({ candidate }) => {
    const estimator = estimatorIn(candidate.code);
    return estimator !== undefined && !searched.has(estimator);
  });
};

/** What `make_estimator` returns a call of. */
const estimatorIn = (code: string): string | undefined => functionNamed(code, "make_estimator")?.called;

const tuned = async (solution: Solution, { seconds, tries }: Options, work: Work): Promise<Candidate | undefined> => {
  const { code } = solution.candidate;
  const estimator = estimatorIn(code) ?? "";
  const seed = Math.floor(work.random() * 2 ** 31);
  const options = { seconds, tries, seed, ...scoredAs(work.task) };
  const found = (await runProgram(program, code, options, work)) ?? cut;
  if (found.kind === "none") {
    work.note({ estimator, why: found.why });
    return undefined;
  }
  const { tried, before, after } = found;
  work.note({ estimator, tried, before, after });
  return { plan: `make_estimator, ${estimator} tuned by ${tried} tries`, code: found.code, from: solution.id };
};
