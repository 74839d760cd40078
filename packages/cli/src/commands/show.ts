import { relative } from "node:path";
import type { Event, Journal } from "@aide-ts/core";
import type { Generation, Solution } from "@aide-ts/plugin";
import { layoutTree } from "@aide-ts/viz";
import type { Shell } from "../shell.ts";
import { findRun, readRun } from "@aide-ts/run/record";
import { promptText, shownScore } from "@aide-ts/run/report";
import { solutionNotFound } from "../errors.ts";

/** `aide show`: the tree with its scores and the best script, one solution whole, or one call's prompt and answer. */
export const show = async (
  { cwd, out }: Shell,
  _flags: object,
  run: string | undefined,
  wanted: string | undefined,
): Promise<number> => {
  const logs = await findRun(run, cwd);
  const { journal, events } = await readRun(logs);
  if (wanted !== undefined) {
    out(solutionText(journal, wanted) ?? callText(events, wanted) ?? notFound(wanted, journal));
    return 0;
  }
  out(`${relative(cwd, logs)}   ${journal.task.goal}`);
  for (const line of treeLines(journal)) out(line);
  const { best } = journal;
  out(best === undefined ? "No solution is valid." : `\n${whole(best)}`);
  out(`\ntree  ${relative(cwd, logs)}/tree_plot.html`);
  return 0;
};

const solutionText = ({ solutions }: Journal, id: string): string | undefined => {
  const solution = solutions.find((one) => one.id === id);
  return solution === undefined ? undefined : whole(solution);
};

const whole = ({ id, evaluation, candidate: { plan, code }, execution }: Solution): string => {
  const output = execution?.output.trimEnd() ?? "";
  return `solution ${id}: ${evaluation.feedback}\n${plan === "" ? "" : `plan     ${plan}\n`}ran      ${(execution?.seconds ?? 0).toFixed(1)} s\n\n${code.trimEnd()}${output === "" ? "" : `\n\noutput\n${output}`}`;
};

/** A call's prompt as `aide fork --prompt` reads it, and what was answered. */
const callText = (events: readonly Event[], place: string): string | undefined => {
  const started = events.find(
    (event) => event.type === "effect-started" && event.kind === "generate" && event.place === place,
  );
  if (started?.type !== "effect-started") return undefined;
  const ended = events.findLast((event) => event.type === "effect-ended" && event.place === place);
  const answer = ended?.type === "effect-ended" && isGeneration(ended.value) ? ended.value.text : "(no answer)";
  return `${promptText(started.details["request"])}\n\n=== answered\n${answer}`;
};

const isGeneration = (value: unknown): value is Generation =>
  typeof value === "object" && value !== null && "text" in value && typeof value.text === "string";

const treeLines = ({ solutions, best, task }: Journal): readonly string[] => {
  const children = Map.groupBy(solutions, ({ parents: [parent] }) => parent);
  const placed = layoutTree(solutions.map(({ id, parents: [parent] }) => ({ id, parent })));
  const depth = new Map(placed.map(({ id, y }) => [id, y]));
  const below = (id: string | undefined): readonly Solution[] =>
    (children.get(id) ?? []).flatMap((solution) => [solution, ...below(solution.id)]);
  return below(undefined).map(({ id, evaluation }) => {
    const mark = evaluation.valid ? `${task.metric} ${shownScore(evaluation.score.value)}` : "failed";
    return `${"  ".repeat((depth.get(id) ?? 0) + 1)}${id}  ${mark}${id === best?.id ? "  ← best" : ""}`;
  });
};

const notFound = (id: string, { solutions }: Journal): never => {
  const known = solutions.map((one) => one.id).slice(0, 30);
  throw solutionNotFound(id, known);
};
