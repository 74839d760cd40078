import { splitReasoning } from "@aide-ts/answer";
import { definePlugin, succeeded, type Candidate, type Proposal, type Solve, type Work } from "@aide-ts/plugin";
import { z } from "zod";
import { promptFile } from "../prompt-file.ts";
import { bestOf } from "../sampling.ts";
import { situation } from "../situation.ts";
import { combinations, drawn } from "./combinations.ts";
import { asList, pointsIn } from "./list.ts";

const options = z.strictObject({
  observations: z.int().min(1).max(50).default(10).describe("Observations asked for in one call."),
  derive: z.int().min(0).max(50).default(2).describe("Sets of observations that new ones are derived from."),
  plans: z
    .int()
    .min(1)
    .max(64)
    .default(3)
    .describe("Plans, each from a set of observations of its own; each becomes a script."),
  refine: z.boolean().default(true).describe("Let each plan be criticised and corrected once."),
  planner: z.string().min(1).default("planner").describe("Role whose model observes and plans."),
  operators: z.array(z.string().min(1)).min(1).default(["draft"]).describe("Operators that are planned for."),
});

type Options = z.output<typeof options>;

/**
 * PlanSearch (Wang et al. 2024, arXiv 2409.03733): observations about the task, further ones from sets of at most two, plans from sets of at most two of all;
 * so plans differ more than samples of one prompt do. Each plan becomes a script, and the best score is kept.
 */
export const planSearch = definePlugin({
  kind: "strategy",
  name: "plan-search",
  summary: "Plans from combined observations about the task (PlanSearch).",
  options,
  needs: () => [],
  shape: ({ derive, plans, refine, planner, operators }) => ({
    generations: [1, 1 + derive + plans * (refine ? 2 : 1)],
    next: [1, plans],
    operators,
    roles: [planner],
  }),
  prompts: { "plan-search/observe": promptFile("observe"), "plan-search/idea": promptFile("idea") },
  create: (search) => (next) => (proposal, work) =>
    search.operators.includes(proposal.operator) ? searched(search, next, proposal, work) : next(proposal, work),
});

const searched = async (search: Options, next: Solve, proposal: Proposal, work: Work): Promise<Candidate> => {
  const known = await observationsFor(search, proposal, work);
  const sets = drawn(combinations(known), search.plans, work.random);
  const made = succeeded(
    await work.fanOut(sets.length, async (branch, index) => {
      const plan = await planFrom(sets[index] ?? [], search, proposal, branch);
      const guidance = [
        ...proposal.guidance,
        ...(plan === "" ? [] : [{ from: "plan-search", title: "Plan", text: plan }]),
      ];
      const candidate = await next({ ...proposal, guidance }, branch);
      return branch.evaluate(plan === "" ? candidate : { ...candidate, plan });
    }),
  );
  work.note({
    observations: known.length,
    plans: made.length,
    valid: made.filter(({ evaluation }) => evaluation.valid).length,
  });
  return bestOf(work.task, made)?.candidate ?? { plan: "", code: "", defect: "no-code" };
};

/** First what the task shows, then what follows from it. */
const observationsFor = async (search: Options, proposal: Proposal, work: Work): Promise<readonly string[]> => {
  const first = await observe([], search, proposal, work);
  const sets = drawn(combinations(first).slice(1), search.derive, work.random);
  if (sets.length === 0) return first;
  const derived = await work.fanOut(sets.length, (branch, index) =>
    observe(sets[index] ?? [], search, proposal, branch),
  );
  return [...new Set([...first, ...derived.flatMap((branch) => (branch.ok ? branch.value : []))])];
};

const observe = async (
  from: readonly string[],
  { observations: count, planner }: Options,
  proposal: Proposal,
  work: Work,
): Promise<readonly string[]> => {
  const slots = { ...situation(proposal, work), observations: asList(from), count: String(count) };
  const { text } = await work.generate(
    { messages: work.prompt("plan-search/observe", slots) },
    { role: planner, phase: "observe" },
  );
  return pointsIn(splitReasoning(text).text, count);
};

const planFrom = async (
  observations: readonly string[],
  { refine, planner }: Options,
  proposal: Proposal,
  work: Work,
): Promise<string> => {
  const ask = async (idea: string): Promise<string> => {
    const slots = { ...situation(proposal, work), observations: asList(observations), idea };
    const { text } = await work.generate(
      { messages: work.prompt("plan-search/idea", slots) },
      { role: planner, phase: "plan" },
    );
    return splitReasoning(text).text.trim();
  };
  const idea = await ask("");
  if (!refine || idea === "") return idea;
  return (await ask(idea)) || idea;
};
