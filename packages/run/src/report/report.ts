import type { Budget, BudgetUse, Ran } from "@aide-ts/core";
import { rounded } from "@aide-ts/evaluation";
import type { Json, Outcome, Solution } from "@aide-ts/plugin";
import type { TaskOrigin } from "../host/run-host.ts";
import type { Control } from "../run/control.ts";
import type { Refit } from "../run/finish.ts";
import { sampledLine } from "./sampled.ts";
import { markdownTable } from "./table.ts";

/** The run in a page of Markdown: what was found, every step, what it cost. */
export const renderReport = (
  name: string,
  ran: Ran,
  refit: Refit,
  /** By role. */
  models: ReadonlyMap<string, string>,
  /** Of a task that was named. */
  origin?: TaskOrigin,
): string => {
  const { journal, budget, ending, elapsed } = ran;
  const { best, solutions, outcomes, task } = journal;
  const valid = solutions.filter(({ evaluation }) => evaluation.valid).length;
  const repaired = outcomes.flatMap(({ notes }) => notes["static-repair"] ?? []).filter(isOfImports).length;
  const { executions, executorSeconds } = budget.spent;
  return `# ${name}

${task.goal}

${originText(origin)}- metric: ${task.metric} (${task.direction})
- best: ${best === undefined ? "none is valid" : `${best.id}. ${oneLine(best.evaluation.feedback)}`}
- search score (optimistic): ${scoreOf(best)}
${item("fresh score", freshLine(refit))}- final run on all rows: ${refit.kind === "done" ? `${refit.rows} rows in best_submission.csv` : `none: ${refit.why}`}
${item("submitted", insteadLine(refit))}${item("ensemble", ensembleLine(refit))}- ended: ${ending.message} After ${(elapsed / 1000).toFixed(0)} s.
- solutions: ${solutions.length}, valid ${valid}; imports repaired in ${repaired}
${item("sample", sampledLine(journal))}${modelsText(models)}
- executions: ${executions}, ${executorSeconds.toFixed(0)} s${budget.cost === undefined ? "" : `\n- cost: ${Number(budget.cost.toPrecision(4))}, by the prices of the config`}${inFlightText(budget)}

${markdownTable(["step", "operator", "solution", "result", "seconds"], outcomes.flatMap(stepRows))}

${markdownTable(["role", "for", "calls", "prompt tokens", "of them cached", "reasoning", "answer", "notes"], budget.uses.map(useRow))}
`;
};

/** Of what `static-repair` notes. */
const isOfImports = (note: Json): boolean => typeof note === "object" && note !== null && "added" in note;

/** The task's name, and whether its setup was frozen before. */
const originText = (origin: TaskOrigin | undefined): string => {
  if (origin === undefined) return "";
  const { task, mlebench, exploratory, setup } = origin;
  const frozen = typeof setup === "string" ? `, under the frozen setup ${setup.slice(0, 8)}` : "";
  const how =
    typeof exploratory === "string" ? `, **exploratory**: not under the frozen setup (${exploratory})` : frozen;
  return `- task: ${typeof mlebench === "string" ? `${mlebench} of MLE-bench` : String(task)}${how}\n`;
};

/** Who was asked: a judge that is another model than the coder may judge otherwise than the coder would. */
const modelsText = (models: ReadonlyMap<string, string>): string => {
  const coder = models.get("code");
  return [...models]
    .map(([role, model]) => `- model as ${role}: ${model}${model === coder ? "" : " (another than the coder's)"}`)
    .join("\n");
};

const stepRows = ({ number, proposal, solutions }: Outcome): readonly (readonly string[])[] =>
  solutions.map((solution) => [
    String(number + 1),
    proposal.operator,
    solution.id,
    resultOf(solution),
    (solution.execution?.seconds ?? 0).toFixed(1),
  ]);

const useRow = ({ role, phase, spent }: BudgetUse): readonly string[] => {
  const { calls, prompt, cached, reasoning, answer, estimated, lost } = spent;
  const notes = [
    ...(estimated > 0 ? [`${counted(estimated, "call")} estimated`] : []),
    ...(lost > 0 ? [`lost with a killed process at most ${lost}`] : []),
  ];
  return [role, phase, ...[calls, prompt, cached, reasoning, answer].map(String), notes.join(", ")];
};

const inFlightText = ({ gone }: Budget): string =>
  gone
    .map(
      ({ name, inFlight: { calls, tokens } }) =>
        `\n- budget of ${name}: used up, with ${calls} calls of at most ${tokens} tokens in flight`,
    )
    .join("");

export const oneLine = (text: string): string => text.replaceAll(/\s*\n\s*/g, " ");

/** A score in as many digits as people compare. */
export const shownScore = (value: number): string => String(Number(value.toPrecision(5)));

/** Which solution the last run ran in place of the chosen one; `undefined` where it ran that one, or none. */
export const insteadLine = (refit: Refit): string | undefined => {
  if (refit.kind === "none" || refit.instead === undefined) return undefined;
  const { of, solution, why } = refit.instead;
  return `${solution}, not ${of}, of which ${why}`;
};

/** Of the list, where there is something to say. */
const item = (name: string, line: string | undefined): string => (line === undefined ? "" : `- ${name}: ${line}\n`);

/** Which solutions the last run blended and what that gains, or why it ran one alone; `undefined` where no blend was wanted. */
export const ensembleLine = (refit: Refit): string | undefined => {
  if (refit.kind === "none") return undefined;
  const { ensemble, alone } = refit;
  if (ensemble === undefined) return alone === undefined ? undefined : `none: ${alone}`;
  const members = ensemble.members.map(({ solution, weight }) => `${solution.id}${weight === 1 ? "" : ` × ${weight}`}`);
  const { better, error } = ensemble.gain;
  return `${members.join(", ")}: ${shownScore(ensemble.value)} on rows it was not chosen on, ${rounded(better, error)} ± ${rounded(error, error)} better than the best one`;
};

/** What a run had without its model; `undefined` where it tried no estimator as it is. */
export const controlLine = (control: Control | undefined): string | undefined => {
  if (control === undefined) return undefined;
  const { estimator, value, blend, estimators } = control;
  const blended = blend === undefined ? "" : `; a blend of ${estimators} as they are: ${shownScore(blend)}`;
  return `${estimator}, as it is: ${shownScore(value)}${blended}`;
};

/** What the choice on other parts of the rows came to; `undefined` where there was none. */
export const freshLine = ({ fresh }: Refit): string | undefined => {
  if (fresh === undefined) return undefined;
  const [{ name, value, error }, ...others] = fresh.scores;
  const spread = Number.isNaN(error) ? "" : ` ± ${rounded(error, error)}`;
  const among = others.length === 0 ? "" : `, the best of ${others.length + 1} that are hard to tell apart`;
  return `${rounded(value, error)}${spread} of ${name}${among}, on ${counted(fresh.parts, "other part")} of the rows`;
};

export const scoreOf = (solution: Solution | undefined): string => {
  if (solution?.evaluation.valid !== true) return "none";
  const { value, error, source, folds } = solution.evaluation.score;
  const spread = error === undefined ? "" : ` ± ${Number(error.toPrecision(2))}`;
  return `${shownScore(value)}${spread} (${source}${folds === undefined ? "" : `, ${folds.length} folds`})`;
};

export const resultOf = ({ evaluation, execution }: Solution): string =>
  evaluation.valid ? shownScore(evaluation.score.value) : whyInvalid(evaluation, execution?.exception?.type);

/** In one clause: what a script raised, or what is wrong with its submission. */
const whyInvalid = (
  { cause, feedback }: { readonly cause: string; readonly feedback: string },
  exception: string | undefined,
): string => {
  if (exception !== undefined) return `${cause} ${exception}`;
  const [first = ""] = feedback.split("\n");
  const spoken = cause.replaceAll("-", " ");
  return first.startsWith(`${spoken}: `) ? first.slice(0, longestClause) : spoken;
};

const longestClause = 100;

/** `1 call`, `2 calls`: how many of what has a plain plural. */
export const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? "" : "s"}`;
