import { join, relative } from "node:path";
import type { Solution } from "@aide-ts/plugin";
import type { TaskRun } from "@aide-ts/run";
import {
  controlLine,
  counted,
  ensembleLine,
  freshLine,
  insteadLine,
  oneLine,
  resultOf,
  scoreOf,
} from "@aide-ts/run/report";

export interface EndView extends TaskRun {
  readonly logs: string;
  readonly cwd: string;
  readonly name: string;
  /** It was begun on a task by its name, whose labels can grade it. */
  readonly isNamed: boolean;
}

/** What a run says at its end: the best solution, its score beside the trivial predictor's, where things are, how to go on. */
export const renderEnd = ({ ran, refit, control, logs, cwd, name, isNamed }: EndView): string => {
  const { best, solutions } = ran.journal;
  const folder = relative(cwd, logs) || ".";
  const run = runArgument(logs, cwd, name);
  const valid = solutions.filter(({ evaluation }) => evaluation.valid).length;
  const lines = ["", `${ran.ending.message} ${counted(solutions.length, "solution")}, ${valid} valid.`];
  if (best === undefined) lines.push(noneValid(solutions));
  else {
    lines.push(
      "",
      ...best.candidate.code
        .trimEnd()
        .split("\n")
        .map((line) => `  ${line}`),
      "",
    );
    lines.push(`best         ${best.id}: ${oneLine(best.evaluation.feedback)}`);
    lines.push(`search score ${scoreOf(best)}, optimistic: the search chose by it`);
    const found = {
      "fresh score": freshLine(refit),
      ensemble: ensembleLine(refit),
      "no model": controlLine(control),
      submitted: insteadLine(refit),
    };
    for (const [name, line] of Object.entries(found)) if (line !== undefined) lines.push(`${name.padEnd(12)} ${line}`);
    lines.push(`script       ${folder}/best_solution.py`);
    lines.push(
      refit.kind === "done"
        ? `submission   ${folder}/best_submission.csv (${refit.rows} rows, from a last run on all labelled rows)`
        : `submission   ${refit.why}`,
    );
  }
  lines.push(
    `tree         ${folder}/tree_plot.html`,
    `report       ${folder}/report.md`,
    `look at it   npx aide show ${run}`,
    ...(isNamed ? [`grade it     npx aide grade ${run}`] : []),
    `go on        npx aide resume ${run} agent.steps=${ran.journal.outcomes.length + 8}`,
  );
  return lines.join("\n");
};

/** Why, by what came most often. */
const noneValid = (solutions: readonly Solution[]): string => {
  const counts = new Map<string, number>();
  for (const solution of solutions) {
    const why = resultOf(solution);
    counts.set(why, (counts.get(why) ?? 0) + 1);
  }
  const [most] = [...counts].toSorted((a, b) => b[1] - a[1]);
  if (most === undefined) return "No solution is valid yet.";
  const [why, times] = most;
  return `No solution is valid yet: ${why}${solutions.length === 1 ? "" : `, ${times} of ${solutions.length} times`}.`;
};

/** How a run is named in a command that is printed: by its name where commands look for runs, else by its whole path, which holds from any folder. */
export const runArgument = (logs: string, cwd: string, name: string): string => {
  const found = logs === join(cwd, "logs", name) ? name : logs;
  return /^[\w./-]+$/.test(found) ? found : `"${found}"`;
};
