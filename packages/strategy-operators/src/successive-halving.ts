import { definePlugin, type Candidate, type Work } from "@aide-ts/plugin";
import { z } from "zod";
import { different, noCandidate, severalOf } from "./candidates.ts";
import { programNamed, runProgram, scoredAs } from "./run-program.ts";

const options = z.strictObject({
  n: z.int().min(1).max(32).default(4).describe("Candidates for one improvement, of which one is run."),
  again: z
    .int()
    .min(0)
    .max(8)
    .default(0)
    .describe("How often as many more are asked for, where none is better than the solution that they improve."),
  rows: z
    .int()
    .min(50)
    .default(2000)
    .describe("Training rows that candidates are compared on, at most, drawn at random."),
  folds: z.int().min(2).max(20).default(5).describe("Of the cross-validation that compares them."),
  seconds: z.int().min(1).default(30).describe("Of one comparison, within the executor's limit."),
});

type Options = z.output<typeof options>;

/** Against the solution that is improved, greater is better. */
const gain = z.object({ gain: z.number(), error: z.number(), folds: z.int() });

const answer = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("ranked"), gains: z.array(z.union([gain, z.object({ why: z.string() })])) }),
  z.object({ kind: z.literal("none"), why: z.string() }),
]);

type Answer = z.output<typeof answer>;

const program = programNamed("successive_halving", "halving:", answer);

const cut: Answer = { kind: "none", why: "the comparison did not come to its end" };

interface Ranked {
  readonly candidate: Candidate;
  readonly gain: number;
}

/**
 * Several candidates for one improvement are compared on a sample, and the best one is run. The comparison is a cross-validation on training rows, in which the worse
 * half is left out after the first fold and each second one after it: successive halving (Jamieson and Talwalkar 2016, AISTATS). Where none is better than the
 * solution that they improve, as many more may be asked for. Candidates that fail there cost no step.
 */
export const successiveHalving = definePlugin({
  kind: "strategy",
  name: "successive-halving",
  summary: "Compares several candidates on a sample and runs the best.",
  options,
  needs: () => [],
  shape: ({ n, again }) => ({ generations: [0, 0], next: [1, n * (1 + again)] }),
  create: (settings) => (next) => async (proposal, work) => {
    const parent = work.journal.solution(proposal.parents[0] ?? "");
    if (proposal.operator !== "improve" || parent?.evaluation.valid !== true) return next(proposal, work);
    let best: Ranked | undefined;
    let fallback: Candidate | undefined;
    for (let asked = 0; asked <= settings.again; asked++) {
      const made = different(await severalOf(settings.n, next, proposal, work));
      fallback ??= made[0];
      const found = await compared(made, parent.candidate.code, settings, work);
      if (found.kind === "none") {
        work.note({ candidates: made.length, why: found.why });
        break;
      }
      work.note({ candidates: made.length, gains: found.gains });
      best = [...(best === undefined ? [] : [best]), ...ranked(made, found)].reduce<Ranked | undefined>(
        (kept, one) => (kept === undefined || one.gain > kept.gain ? one : kept),
        undefined,
      );
      if (best !== undefined && best.gain > 0) break;
    }
    if (best === undefined) return fallback ?? noCandidate;
    work.note({ picked: best.gain });
    return best.candidate;
  },
});

const compared = async (
  made: readonly Candidate[],
  before: string,
  { rows, folds, seconds }: Options,
  work: Work,
): Promise<Answer> => {
  const scripts = made.map(({ code }) => code);
  if (scripts.every((code) => code === "")) return { kind: "ranked", gains: [] };
  const seed = Math.floor(work.random() * 2 ** 31);
  const options = { scripts, rows, folds, seconds, seed, ...scoredAs(work.task) };
  return (await runProgram(program, before, options, work)) ?? cut;
};

/** A candidate that was left out early is not taken for better than one that stayed: the fold that it lost says so. */
const ranked = (
  made: readonly Candidate[],
  { gains }: Extract<Answer, { readonly kind: "ranked" }>,
): readonly Ranked[] => {
  const measured = gains.flatMap((one, at) => {
    const candidate = made[at];
    return candidate === undefined || "why" in one ? [] : [{ candidate, gain: one.gain, folds: one.folds }];
  });
  const most = Math.max(...measured.map(({ folds }) => folds));
  return measured.filter(({ folds }) => folds === most);
};
