import { readFileSync } from "node:fs";
import { parseRating, splitReasoning } from "@aide-ts/answer";
import { definePlugin, isStop, type Proposal, type Settled, type Strategy, type Work } from "@aide-ts/plugin";
import { z } from "zod";

const count = z.number().int().min(1);

const options = z.strictObject({
  thoughts: count.default(5).describe("Thoughts proposed for each plan that was kept."),
  breadth: count.default(3).describe("Plans that are kept of a level."),
  levels: count.default(2).describe("Thoughts that make a plan."),
  votes: count.default(1).describe("Calls that value a plan; their mean counts."),
  planner: z.string().min(1).default("planner").describe("Role whose model plans and values."),
  operators: z.array(z.string().min(1)).min(1).default(["draft"]).describe("Operators that are planned for."),
});

export type TreeOfThoughtOptions = z.output<typeof options>;

interface Plan {
  readonly text: string;
  /** From 0 to 10; −1 where no answer gave it. */
  readonly value: number;
}

const read = (file: string): string => readFileSync(new URL(`../../prompts/${file}.md`, import.meta.url), "utf8");

/** Calls that one proposal makes at most: on every level each kept plan gets new thoughts, and each new plan its votes. */
const mostCalls = ({ thoughts, breadth, levels, votes }: TreeOfThoughtOptions): number =>
  (thoughts + (levels - 1) * breadth * thoughts) * (1 + votes);

/**
 * Tree of Thoughts on plans, breadth first (Yao et al. 2023, arXiv 2305.10601): each kept plan is continued by several thoughts, each new plan is
 * valued by a model, the best are kept, level by level. The best plan of the last level goes on as guidance. Five thoughts and breadth 3 are
 * treequest's `TreeOfThoughtsBFS`. Where no plan came of it, `next` is called without one.
 */
export const treeOfThought = definePlugin({
  kind: "strategy",
  name: "tree-of-thought",
  summary: "A tree of plans, valued by a model, before the script.",
  options,
  needs: () => [],
  shape: (settings) => ({
    generations: [1, mostCalls(settings)],
    next: [1, 1],
    operators: settings.operators,
    roles: [settings.planner],
  }),
  prompts: { "tree-of-thought/propose": read("propose"), "tree-of-thought/value": read("value") },
  create: (settings) => plannedBy(settings),
});

const plannedBy =
  (settings: TreeOfThoughtOptions): Strategy =>
  (next) =>
  async (proposal, work) => {
    if (!settings.operators.includes(proposal.operator)) return next(proposal, work);
    const plan = await planFor(settings, proposal, work);
    if (plan === undefined) return next(proposal, work);
    const guidance = [...proposal.guidance, { from: "tree-of-thought", title: "Plan", text: plan.text }];
    return next({ ...proposal, guidance }, work);
  };

const planFor = async (settings: TreeOfThoughtOptions, proposal: Proposal, work: Work): Promise<Plan | undefined> => {
  let kept: readonly Plan[] = [{ text: "", value: 0 }];
  for (let level = 0; level < settings.levels; level++) {
    const texts = await continued(kept, settings, proposal, work);
    const plans = await valued(texts, settings, proposal, work);
    if (plans.length === 0) break;
    kept = plans.toSorted((a, b) => b.value - a.value).slice(0, settings.breadth);
    work.note({
      level,
      plans: plans.length,
      unread: plans.filter(({ value }) => value < 0).length,
      kept: kept.map(({ value }) => value),
    });
  }
  return kept.find(({ text }) => text !== "");
};

/** Each plan with each of its new thoughts, without empty thoughts and repetitions. */
const continued = async (
  kept: readonly Plan[],
  { thoughts, planner }: TreeOfThoughtOptions,
  proposal: Proposal,
  work: Work,
): Promise<readonly string[]> => {
  const made = await work.fanOut(kept.length * thoughts, async (branch, index) => {
    const plan = kept[Math.floor(index / thoughts)]?.text ?? "";
    const messages = branch.prompt("tree-of-thought/propose", { ...shown(proposal, work), plan });
    const { text } = await branch.generate({ messages }, { role: planner, phase: "propose" });
    const thought = splitReasoning(text).text.trim();
    return thought === "" ? "" : [plan, thought].filter((part) => part !== "").join("\n\n");
  });
  return [...new Set(succeeded(made))].filter((text) => text !== "");
};

const valued = async (
  texts: readonly string[],
  { votes, planner }: TreeOfThoughtOptions,
  proposal: Proposal,
  work: Work,
): Promise<readonly Plan[]> => {
  if (texts.length === 0) return [];
  const answers = await work.fanOut(texts.length * votes, async (branch, index) => {
    const plan = Math.floor(index / votes);
    const { code, feedback } = shown(proposal, work);
    const messages = branch.prompt("tree-of-thought/value", { code, feedback, plan: texts[plan] ?? "" });
    const { text } = await branch.generate({ messages }, { role: planner, phase: "value" });
    return { plan, value: parseRating(text) };
  });
  const read = succeeded(answers);
  return texts.map((text, plan) => {
    const values = read.flatMap((answer) => (answer.plan === plan ? (answer.value ?? []) : []));
    return { text, value: values.length === 0 ? -1 : values.reduce((a, b) => a + b, 0) / values.length };
  });
};

/** What the branches gave. A stop is passed on, and so is a failure that no branch escaped. */
const succeeded = <T>(branches: readonly Settled<T>[]): readonly T[] => {
  const errors = branches.flatMap((branch) => (branch.ok ? [] : [branch.error]));
  const stop = errors.find(isStop);
  if (stop !== undefined) throw stop;
  if (branches.length > 0 && errors.length === branches.length) throw errors[0];
  return branches.flatMap((branch) => (branch.ok ? [branch.value] : []));
};

const aims: Readonly<Record<string, string>> = {
  improve: "improve it",
  debug: "fix it",
  crossover: "combine it with another one",
};

const shown = ({ operator, parents, guidance }: Proposal, work: Work) => {
  const parent = work.journal.solution(parents[0] ?? "");
  return {
    aim: aims[operator] ?? "solve the task",
    code: parent?.candidate.code ?? "",
    feedback: parent?.evaluation.feedback ?? "",
    guidance: guidance.map(({ title, text }) => `## ${title}\n${text}`).join("\n\n"),
  };
};
