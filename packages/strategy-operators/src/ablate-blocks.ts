import { functionsOf } from "@aide-ts/answer";
import { definePlugin, type Guidance, type JournalView, type Solution, type Work } from "@aide-ts/plugin";
import { z } from "zod";
import { programNamed, runProgram, scoredAs } from "./run-program.ts";

const name = "ablate-blocks";

const options = z.strictObject({
  rows: z.int().min(50).default(500).describe("Training rows that an ablation fits on, drawn at random."),
  seconds: z.int().min(1).default(30).describe("Of one ablation, within the executor's limit."),
  refinements: z
    .int()
    .min(1)
    .default(2)
    .describe("Improvements of a solution that refine one function, before it is the turn of the next."),
});

type Options = z.output<typeof options>;

const measured = z.object({
  function: z.string(),
  /** Scores of the cross-validation, greater is better. */
  without: z.number(),
  effect: z.number(),
  error: z.number(),
});

const answer = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("ablated"), score: z.number(), effects: z.array(measured) }),
  z.object({ kind: z.literal("none"), why: z.string() }),
]);

const program = programNamed("ablate_blocks", `${name}:`, answer);

type Answer = z.output<typeof answer>;
type Ablated = Extract<Answer, { readonly kind: "ablated" }>;
type Effect = z.output<typeof measured>;

const cut: Answer = { kind: "none", why: "the ablation did not come to its end" };

/** Of an improvement that was pointed to a function, or for which an ablation was made in vain. */
const note = z.object({ parent: z.string(), function: z.string().nullable(), found: answer });

/**
 * Points an improvement to the function of a solution that matters most, as MLE-STAR does (Nam et al. 2025, arXiv 2506.15692). There a model writes the ablation;
 * here a program does, which cross-validates the script on training rows with one function at a time in its plainest form. A solution is ablated once. Each function
 * is refined so many times, in the order of their effects; after that, and where nothing differs from chance, the next strategy chooses for itself.
 */
export const ablateBlocks = definePlugin({
  kind: "strategy",
  name,
  summary: "Improves the function of a solution that matters most (MLE-STAR).",
  options,
  needs: () => [],
  shape: () => ({ generations: [0, 0], next: [1, 1], operators: ["improve"] }),
  create: (settings) => (next) => async (proposal, work) => {
    const parent = work.journal.solution(proposal.parents[0] ?? "");
    if (proposal.operator !== "improve" || parent?.evaluation.valid !== true || !isOfFunctions(parent))
      return next(proposal, work);
    const earlier = earlierOn(parent, work.journal);
    const found = earlier[0] ?? (await ablated(parent, settings, work));
    const turn = Math.floor(earlier.length / settings.refinements);
    const effect = found.kind === "none" ? undefined : found.effects[turn];
    if (effect !== undefined || earlier.length === 0)
      work.note({ parent: parent.id, function: effect?.function ?? null, found });
    if (found.kind === "none" || effect === undefined) return next(proposal, work);
    return next({ ...proposal, guidance: [...proposal.guidance, guidanceOf(found, turn, effect)] }, work);
  },
});

const known = new Set([
  "add_features",
  "make_preprocessor",
  "make_estimator",
  "make_target_transformer",
  "adjust_predictions",
]);

const isOfFunctions = ({ candidate }: Solution): boolean =>
  functionsOf(candidate.code).some((one) => known.has(one.name));

/** What was found of a solution, once for each step so far that improved it with a note. */
const earlierOn = ({ id }: Solution, { outcomes }: JournalView): readonly Answer[] =>
  outcomes.flatMap(({ notes }) => {
    const read = note.safeParse(notes[name]?.[0]);
    return read.success && read.data.parent === id ? [read.data.found] : [];
  });

/** Effects that are more than their standard error, the largest first. */
const ablated = async ({ candidate }: Solution, { rows, seconds }: Options, work: Work): Promise<Answer> => {
  const seed = Math.floor(work.random() * 2 ** 31);
  const options = { rows, seconds, seed, ...scoredAs(work.task) };
  const found = (await runProgram(program, candidate.code, options, work)) ?? cut;
  if (found.kind === "none") return found;
  const effects = found.effects
    .filter(({ effect, error }) => Math.abs(effect) > error)
    .toSorted((a, b) => Math.abs(b.effect) - Math.abs(a.effect));
  return { ...found, effects };
};

const guidanceOf = ({ score, effects }: Ablated, turn: number, chosen: Effect): Guidance => {
  const place = turn === 0 ? "most" : `most after ${effects.slice(0, turn).map(quoted).join(" and ")}`;
  const scores = `A cross-validation scores ${short(score)} with it as it is, and ${short(chosen.without)} with its plainest form in its place (greater is better).`;
  return {
    from: name,
    title: `Function: ${chosen.function}`,
    text: `Of the functions of this script, ${quoted(chosen)} matters ${place}. ${scores} ${chosen.effect > 0 ? "Refine it." : "As it is, it does harm."}`,
  };
};

const quoted = (one: Effect): string => `\`${one.function}\``;

const short = (value: number): string => String(Number(value.toPrecision(4)));
