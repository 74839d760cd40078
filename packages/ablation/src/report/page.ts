import { taskDifferences } from "@aide-ts/statistics";
import { chartStyle, drawCurves, drawIntervals, escapeHtml, htmlPage, jsonInScript } from "@aide-ts/viz";
import { counted } from "@aide-ts/run/report";
import type { Analysis } from "../analysis/analyse.ts";
import { byCell, type CellOutcome } from "../outcomes/read-outcome.ts";
import type { Plan } from "../plan/plan.ts";
import { shownNumber } from "./numbers.ts";
import { frozenText, madeWithText, searchesText, sharedText, type Frozen } from "./provenance.ts";
import { statementOf } from "./statement.ts";
import { armTable, decompositionTable, passAtKTable, spendingTable, transitionTable, type Table } from "./tables.ts";
import { unitsText } from "./units-text.ts";
import { outcomeText, tokensText, warningsOf } from "./words.ts";

/** The report as one HTML file: no script, no network; links lead to the cells' own pages beside it. */
export const renderPage = (plan: Plan, analysis: Analysis, outcomes: readonly CellOutcome[], frozen: Frozen): string =>
  htmlPage({
    title: plan.name,
    style: `${style}${chartStyle}`,
    body: bodyOf(plan, analysis, outcomes, frozen),
  });

const bodyOf = (
  plan: Plan,
  analysis: Analysis,
  outcomes: readonly CellOutcome[],
  frozen: Frozen,
): string => `<header><h1>${escapeHtml(plan.name)}</h1>
<p>${counted(plan.arms.length, "arm")}, ${counted(plan.tasks.length, "task")}, ${counted(plan.seeds.length, "seed")}; ${escapeHtml(outcomeText[plan.outcome])}</p></header>
<main>
${warningsOf(analysis)
  .map((text) => `<p class="warning">${escapeHtml(text)}</p>`)
  .join("\n")}
<section><h2>What the data say</h2>
${paragraphs([...analysis.results.map((result) => statementOf(result, plan)), ...unitsText(plan, analysis)])}
${differences(plan, analysis)}</section>
<section><h2>Arms</h2>
${table(armTable(analysis))}
${anytime(plan, analysis)}
${tables([passAtKTable(analysis), spendingTable(analysis)])}</section>
${where(analysis)}
<section><h2>Cells</h2>
${matrix(plan, analysis, outcomes)}</section>
<section><h2>Settings</h2>
${paragraphs([...sharedText(plan), ...searchesText(outcomes), ...frozenText(frozen), ...madeWithText(analysis)])}
<details><summary>What was frozen before the first cell</summary><pre>${escapeHtml(JSON.stringify(settingsOf(plan), null, 2))}</pre></details></section>
</main>
<script type="application/json" id="analysis">${jsonInScript(analysis)}</script>`;

const differences = (plan: Plan, { results, scores }: Analysis): string => {
  const rows = results.flatMap(({ contrast, claim }, at) => {
    const declared = plan.contrasts[at];
    if (claim.kind === "refused" || declared === undefined) return [];
    const { estimate, interval } = claim.t;
    return [{ label: contrast, estimate, interval, points: taskDifferences(scores, declared) }];
  });
  if (rows.length === 0) return "";
  const chart = drawIntervals("Differences with their intervals", "difference of the score", rows);
  return `<figure>${chart}<figcaption>Mean over tasks with its ${Math.round(100 * (1 - plan.alpha))} % interval; small dots are single tasks.</figcaption></figure>`;
};

const anytime = (plan: Plan, { anytime: found }: Analysis): string => {
  // Without a model there is no course over tokens.
  if (found === undefined || found.tokens.every((tokens) => tokens === 0)) return "";
  const chart = drawCurves({
    title: "Score over tokens",
    x: found.tokens,
    xLabel: `${tokensText[plan.tokens]} of a cell`,
    y: [0, 1],
    curves: found.curves.map(({ arm, band }) => ({ name: arm, ...band })),
  });
  return `<figure>${chart}<figcaption>Report score of what would have been submitted then, mean over tasks; bands hold the whole curve. Only the end is tested.</figcaption></figure>`;
};

const where = (analysis: Analysis): string => {
  const found = tables([decompositionTable(analysis), transitionTable(analysis)]);
  return found === "" ? "" : `<section><h2>Where the score comes from</h2>\n${found}</section>`;
};

/** Task by arm, a link for each seed. */
const matrix = (plan: Plan, { scores }: Analysis, outcomes: readonly CellOutcome[]): string => {
  const cellOf = byCell(outcomes);
  const rows = plan.tasks.map(
    ({ name: task }, t) =>
      `<tr><th scope="row">${escapeHtml(task)}</th>${plan.arms
        .map(({ name: arm }, a) => {
          const links = plan.seeds.map((seed, s) => {
            const score = scores[t]?.[a]?.[s];
            const folder = cellOf(task, arm, seed)?.folder;
            const text = score === undefined ? "missing" : shownNumber(score);
            return folder === undefined || score === undefined
              ? `<span>${text}</span>`
              : `<a href="${escapeHtml(encodeURI(`${folder}/tree_plot.html`))}" title="seed ${seed}">${text}</a>`;
          });
          return `<td>${links.join(" ")}</td>`;
        })
        .join("")}</tr>`,
  );
  return `<div class="wide"><table><thead><tr><th scope="col">task</th>${plan.arms.map(({ name }) => `<th scope="col">${escapeHtml(name)}</th>`).join("")}</tr></thead><tbody>${rows.join("\n")}</tbody></table></div>`;
};

const paragraphs = (texts: readonly string[]): string => texts.map((text) => `<p>${escapeHtml(text)}</p>`).join("\n");

const tables = (all: readonly (Table | undefined)[]): string =>
  all.flatMap((one) => (one === undefined ? [] : table(one))).join("\n");

const table = ([head = [], ...rows]: Table): string =>
  `<div class="wide"><table><thead><tr>${head.map((cell) => `<th scope="col">${escapeHtml(cell)}</th>`).join("")}</tr></thead><tbody>${rows
    .map(
      ([first = "", ...cells]) =>
        `<tr><th scope="row">${escapeHtml(first)}</th>${cells.map((cell) => `<td>${escapeHtml(cell)}</td>`).join("")}</tr>`,
    )
    .join("\n")}</tbody></table></div>`;

const settingsOf = ({
  base,
  arms,
  tasks,
  seeds,
  contrasts,
  outcome,
  tokens,
  drafts,
  steps,
  sequential,
  alpha,
}: Plan): object => ({
  base,
  arms: Object.fromEntries(arms.map(({ name, change }) => [name, change])),
  tasks: tasks.map(({ name }) => name),
  seeds,
  contrasts: contrasts.map(({ name }) => name),
  outcome,
  tokens,
  drafts,
  steps,
  sequential,
  alpha,
});

const style = `
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; }
body { margin: 0 auto; max-width: 900px; padding: 0 20px 60px; }
h1 { font-size: 24px; margin: 24px 0 0; } h2 { font-size: 17px; margin: 32px 0 8px; } header p { margin: 0; opacity: .75; }
.warning { border-left: 4px solid #d55e00; padding: 6px 12px; background: #d55e0018; }
.wide { overflow-x: auto; } table { border-collapse: collapse; margin: 8px 0 16px; font-variant-numeric: tabular-nums; }
th, td { padding: 4px 12px 4px 0; text-align: left; border-bottom: 1px solid #8883; white-space: nowrap; } thead th { font-weight: 600; } tbody th { font-weight: 400; }
figure { margin: 12px 0; } figcaption { font-size: 13px; opacity: .75; } pre { background: #8881; padding: 10px; border-radius: 6px; overflow: auto; font-size: 13px; }
a { color: inherit; }
`;
