import { functionsOf } from "@aide-ts/answer";
import { isBetter, type JournalView, type Solution } from "@aide-ts/plugin";

/** Improvements since the last one that a strategy noted; since the beginning where it noted none. */
export const improvementsSince = (strategy: string, { outcomes }: JournalView): number => {
  const improvements = outcomes.filter(({ proposal }) => proposal.operator === "improve");
  return improvements.length - 1 - improvements.findLastIndex(({ notes }) => notes[strategy] !== undefined);
};

/** Valid solutions, the best first, of equals the first. */
export const ranked = ({ outcomes, task }: JournalView): readonly Solution[] => {
  const order = (a: Solution, b: Solution): number => (isBetter(task, a, b) ? -1 : isBetter(task, b, a) ? 1 : 0);
  return outcomes
    .flatMap(({ solutions }) => solutions)
    .filter(({ evaluation }) => evaluation.valid)
    .toSorted(order);
};

/** Solutions that descend from the same first one, in the order in which they were made. */
export type Branch = readonly Solution[];

/** The branches of a run, of what each step chose; the one that was worked on last comes last. */
export const branchesOf = (journal: JournalView): readonly Branch[] => {
  const branches = new Map<string, Solution[]>();
  for (const { chosen } of journal.outcomes) {
    if (chosen === undefined) continue;
    const root = rootOf(chosen, journal).id;
    const branch = branches.get(root) ?? [];
    branches.delete(root);
    branches.set(root, [...branch, chosen]);
  }
  return [...branches.values()];
};

/** The solution at the beginning of the branch. */
export const rootOf = (solution: Solution, journal: JournalView): Solution => {
  let root = solution;
  for (let above = parentOf(root, journal); above !== undefined; above = parentOf(root, journal)) root = above;
  return root;
};

const parentOf = ({ parents }: Solution, journal: JournalView): Solution | undefined =>
  journal.solution(parents[0] ?? "");

const mostShown = 3;
const mostOfChange = 800;

/** The best of a branch and the newest beside it, for a prompt: what was changed, and what came of that. */
export const describeBranch = (branch: Branch, journal: JournalView): string => {
  const best = branch.reduce((kept, one) => (isBetter(journal.task, one, kept) ? one : kept));
  const newest = branch.filter((one) => one !== best).slice(1 - mostShown);
  return [best, ...newest].map((one) => describeSolution(one, journal)).join("\n\n");
};

const describeSolution = (solution: Solution, journal: JournalView): string => {
  const parent = parentOf(solution, journal);
  const came = comparisonOf(solution, parent, journal);
  const change = parent === undefined ? "" : changeOf(solution, parent);
  const block = change === "" ? "" : `\n\`\`\`python\n${change}\n\`\`\``;
  return `- ${firstLine(solution.candidate.plan) || "(no plan)"}${came}: ${firstLine(solution.evaluation.feedback)}${block}`;
};

const comparisonOf = (solution: Solution, parent: Solution | undefined, { task }: JournalView): string => {
  if (parent === undefined) return ", a first script";
  if (isBetter(task, solution, parent)) return ", better than before";
  return isBetter(task, parent, solution) ? ", worse than before" : ", no better than before";
};

/** The functions that are others than in the script that it was made from, cut where they are long. */
const changeOf = ({ candidate }: Solution, parent: Solution): string => {
  const before = new Set(functionsOf(parent.candidate.code).map(({ source }) => source));
  const changed = functionsOf(candidate.code).filter(({ source }) => !before.has(source));
  const text = changed.map(({ source }) => source).join("\n\n");
  return text.length <= mostOfChange ? text : `${text.slice(0, mostOfChange)}\n…`;
};

const firstLine = (text: string): string => (text.split("\n", 1)[0] ?? "").slice(0, 240);
