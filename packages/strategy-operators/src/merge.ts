import { functionNamed, importsOf, withFunction, type PythonFunction } from "@aide-ts/answer";
import { definePlugin, type Candidate, type JournalView, type Solution } from "@aide-ts/plugin";
import { z } from "zod";
import { improvementsSince, ranked } from "./branches.ts";

const name = "merge";

const options = z.strictObject({
  members: z.int().min(2).max(8).default(3).describe("Estimators of different kinds whose mean is taken."),
  every: z
    .int()
    .min(1)
    .default(6)
    .describe(
      "Improvements from one merge to the next, and before the first; the others are left to the next strategy.",
    ),
});

type Options = z.output<typeof options>;

interface Member {
  readonly solution: Solution;
  readonly make: PythonFunction & { readonly called: string; readonly returned: string };
}

/**
 * An improvement without a model: the best solution with the mean of several estimators in place of its own, each the best of its kind, with the arguments that it has
 * in its solution. Merging solutions of different branches is MLE-STAR's (Nam et al. 2025, arXiv 2506.15692), which asks a model for it. The result is a solution of
 * functions as any other. No two merges are of the same estimators; where there is no new one, the next strategy is asked.
 */
export const merge = definePlugin({
  kind: "strategy",
  name,
  summary: "The mean of the best estimators of several kinds; asks no model.",
  options,
  needs: () => [],
  shape: () => ({ generations: [0, 0], next: [0, 1], operators: ["improve"] }),
  create: (settings) => (next) => async (proposal, work) => {
    const isDue = proposal.operator === "improve" && improvementsSince(name, work.journal) >= settings.every;
    const merged = isDue ? mergedOf(work.journal, settings) : undefined;
    if (merged === undefined) return next(proposal, work);
    work.note({ members: merged.members.map(({ solution }) => solution.id) });
    return merged.candidate;
  },
});

const mergedOf = (
  journal: JournalView,
  { members: most }: Options,
): { readonly candidate: Candidate; readonly members: readonly Member[] } | undefined => {
  const kinds = new Map<string, Member>();
  for (const solution of ranked(journal)) {
    const member = memberOf(solution);
    if (member !== undefined && !kinds.has(member.make.called)) kinds.set(member.make.called, member);
  }
  const members = [...kinds.values()].slice(0, most);
  const [best] = members;
  const voting = votingOf(members);
  if (best === undefined || voting === undefined) return undefined;
  const { make, solution } = best;
  const listed = members.map(({ make: { called, returned } }) => `        ("${called}", ${indented(returned)}),`);
  const code = withFunction(solution.candidate.code, make, {
    code: `${make.head}\n    return ${voting.made}[\n${listed.join("\n")}\n    ])`,
    imports: [
      voting.imported,
      ...members.flatMap((member) => importsOf(member.solution.candidate.code).filter(binds(member))),
    ],
  });
  const known = journal.outcomes.some(({ solutions }) => solutions.some(({ candidate }) => candidate.code === code));
  const plan = `make_estimator, the mean of ${members.map((member) => member.make.called).join(", ")}`;
  return known ? undefined : { members, candidate: { plan, code, from: solution.id } };
};

/** A solution whose estimator is one call that needs nothing else of its function. */
const memberOf = (solution: Solution): Member | undefined => {
  const make = functionNamed(solution.candidate.code, "make_estimator");
  if (make?.called === undefined || make.returned === undefined || make.body !== "") return undefined;
  const { called, returned } = make;
  return called.startsWith("Voting") ? undefined : { solution, make: { ...make, called, returned } };
};

/** A mean of predictions, or of probabilities, which not all classifiers give. */
const votingOf = (members: readonly Member[]) => {
  if (members.length < 2) return undefined;
  const classifiers = members.filter(({ make }) => /Classifier$|^LogisticRegression$/.test(make.called));
  if (classifiers.length === 0)
    return { made: "VotingRegressor(", imported: "from sklearn.ensemble import VotingRegressor" };
  const soft = 'VotingClassifier(voting="soft", estimators=';
  return classifiers.length === members.length && members.every(({ make }) => make.called !== "RidgeClassifier")
    ? { made: soft, imported: "from sklearn.ensemble import VotingClassifier" }
    : undefined;
};

const indented = (text: string): string => text.replaceAll("\n", "\n    ");

/** Import statements that bind the name of a member's estimator. */
const binds =
  ({ make }: Member) =>
  (statement: string): boolean =>
    new RegExp(`\\bimport\\b.*\\b${make.called}\\b`, "s").test(statement);
