import { relative } from "node:path";
import { layoutTree } from "@aide-ts/viz";
import { AideError } from "@aide-ts/plugin";
import type { Shell } from "../command-line.ts";
import { findRun } from "../run/folders.ts";
import { readJournal, type JournalNode, type ReadJournal } from "../run/read-journal.ts";

/** `aide show [run] [solution]`: the tree with its scores and the best script, or one solution whole. */
export const show = async (args: readonly string[], { cwd, out }: Shell): Promise<number> => {
  const [first, second] = args;
  const logs = await findRun(first, cwd);
  const journal = await readJournal(logs);
  if (second !== undefined) {
    const solution = journal.solutions.find(({ id }) => id === second);
    if (solution === undefined) throw noSolution(second, journal);
    out(whole(solution));
    return 0;
  }
  out(`${relative(cwd, logs)}   ${journal.goal}`);
  for (const line of treeLines(journal)) out(line);
  if (journal.best === undefined) out("No solution is valid.");
  else out(`\n${whole(journal.best)}`);
  out(`\ntree  ${relative(cwd, logs)}/tree_plot.html`);
  return 0;
};

const whole = ({ id, analysis, plan, code, exec_time, _term_out }: JournalNode): string => {
  const output = _term_out.join("").trimEnd();
  return `solution ${id}: ${analysis}\n${plan === "" ? "" : `plan     ${plan}\n`}ran      ${exec_time.toFixed(1)} s\n\n${code.trimEnd()}${output === "" ? "" : `\n\noutput\n${output}`}`;
};

const treeLines = ({ solutions, parents, best, metric }: ReadJournal): readonly string[] => {
  const placed = layoutTree(solutions.map(({ id }) => ({ id, parent: parents[id] })));
  const depth = new Map(placed.map(({ id, y }) => [id, y]));
  const ordered: JournalNode[] = [];
  const visit = (id: string | undefined): void => {
    for (const node of solutions.filter((one) => parents[one.id] === id)) {
      ordered.push(node);
      visit(node.id);
    }
  };
  visit(undefined);
  return ordered.map((node) => {
    const mark = node.is_buggy ? "failed" : `${metric} ${Number((node.metric.value ?? Number.NaN).toPrecision(5))}`;
    return `${"  ".repeat((depth.get(node.id) ?? 0) + 1)}${node.id}  ${mark}${node === best ? "  ← best" : ""}`;
  });
};

const noSolution = (id: string, { solutions }: ReadJournal): AideError =>
  new AideError({
    code: "AIDE_SOLUTION_NOT_FOUND",
    message: `The run has no solution "${id}".`,
    fix: `Name one of: ${solutions
      .map((one) => one.id)
      .slice(0, 30)
      .join(", ")}.`,
    fault: "user",
  });
