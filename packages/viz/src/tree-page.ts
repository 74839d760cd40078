import type { Solution, Task } from "@aide-ts/plugin";
import { escapeHtml, htmlPage, jsonInScript } from "./html.ts";
import { layoutTree, type Placed } from "./layout.ts";

export interface TreePage {
  readonly name: string;
  readonly task: Task;
  readonly solutions: readonly Solution[];
  readonly best: string | undefined;
}

/** One HTML file that draws the tree of solutions and shows each node's plan, score, output and code on a click. Needs no network. */
export const renderTreePage = ({ name, task, solutions, best }: TreePage): string => {
  const placed = layoutTree(solutions.map(({ id, parents }) => ({ id, parent: parents[0] })));
  const width = Math.max(...placed.map(({ x }) => x), 0) * column + 2 * margin;
  const height = Math.max(...placed.map(({ y }) => y), 0) * row + 2 * margin;
  const at = new Map(placed.map((node) => [node.id, node]));
  const nodes = solutions.map((solution) => drawNode(solution, at.get(solution.id), solution.id === best));
  const data = solutions.map(({ id, candidate, execution, evaluation }) => ({
    id,
    plan: candidate.plan,
    code: candidate.code,
    output: execution?.output ?? "",
    feedback: evaluation.feedback,
    seconds: execution?.seconds ?? 0,
  }));
  const body = `<header><h1>${escapeHtml(name)}</h1><p>${escapeHtml(task.goal)} — ${escapeHtml(task.metric)}, ${task.direction === "minimize" ? "lower" : "higher"} is better</p></header>
<main>
<section class="tree"><svg viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="tree" aria-label="Solutions">
${placed.flatMap((node) => drawEdge(node, at)).join("\n")}
${nodes.join("\n")}
</svg></section>
<article aria-live="polite"><p>Choose a solution.</p></article>
</main>
<script type="application/json" id="solutions">${jsonInScript(data)}</script>
<script>${script}</script>`;
  return htmlPage({ title: name, style, body });
};

const [column, row, margin, radius] = [96, 84, 56, 16];

const x = (node: Placed): number => margin + node.x * column;
const y = (node: Placed): number => margin + node.y * row;

const drawEdge = (node: Placed, at: ReadonlyMap<string, Placed>): readonly string[] => {
  const parent = node.parent === undefined ? undefined : at.get(node.parent);
  return parent === undefined ? [] : [`<line x1="${x(parent)}" y1="${y(parent)}" x2="${x(node)}" y2="${y(node)}"/>`];
};

const drawNode = ({ id, evaluation }: Solution, node: Placed | undefined, isBest: boolean): string => {
  if (node === undefined) return "";
  const kind = evaluation.valid ? (isBest ? "best" : "good") : "failed";
  const label = evaluation.valid ? String(Number(evaluation.score.value.toPrecision(4))) : evaluation.cause;
  return `<g class="${kind}" data-id="${escapeHtml(id)}" tabindex="0" role="treeitem" aria-label="${escapeHtml(`${id}: ${label}`)}"><circle cx="${x(node)}" cy="${y(node)}" r="${radius}"/><text x="${x(node)}" y="${y(node) + radius + 14}">${escapeHtml(label)}</text></g>`;
};

const style = `
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; }
body { margin: 0; display: flex; flex-direction: column; height: 100vh; }
header { padding: 12px 20px; border-bottom: 1px solid #8884; }
h1 { font-size: 18px; margin: 0; } header p { margin: 0; opacity: .75; }
main { flex: 1; display: grid; grid-template-columns: minmax(300px, 2fr) 3fr; min-height: 0; }
.tree { overflow: auto; border-right: 1px solid #8884; } article { overflow: auto; padding: 16px 20px; }
line { stroke: #8888; stroke-width: 1.5; } text { font-size: 11px; text-anchor: middle; fill: currentColor; }
g { cursor: pointer; outline: none; } g:focus circle, g.chosen circle { stroke: currentColor; stroke-width: 3; }
.good circle { fill: #4a8fdd; } .best circle { fill: #2ca25f; } .failed circle { fill: #d0605e; }
pre { background: #8881; padding: 10px; border-radius: 6px; overflow: auto; font-size: 13px; }
@media (max-width: 760px) { main { grid-template-columns: 1fr; grid-template-rows: 1fr 1fr; } }
`;

const script = `
const solutions = new Map(JSON.parse(document.getElementById("solutions").textContent).map((s) => [s.id, s]));
const article = document.querySelector("article");
const part = (title, text) => {
  if (!text) return;
  const heading = document.createElement("h3"); heading.textContent = title;
  const pre = document.createElement("pre"); pre.textContent = text;
  article.append(heading, pre);
};
const show = (node) => {
  for (const other of document.querySelectorAll("g.chosen")) other.classList.remove("chosen");
  node.classList.add("chosen");
  const s = solutions.get(node.dataset.id);
  const title = document.createElement("h2"); title.textContent = "Solution " + s.id;
  const verdict = document.createElement("p"); verdict.textContent = s.feedback;
  article.replaceChildren(title, verdict);
  part("Plan", s.plan); part("Code", s.code); part("Output (" + s.seconds.toFixed(1) + " s)", s.output);
};
for (const node of document.querySelectorAll("g[data-id]")) {
  node.addEventListener("click", () => show(node));
  node.addEventListener("keydown", (event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); show(node); } });
}
const first = document.querySelector("g.best") ?? document.querySelector("g[data-id]");
if (first) show(first);
`;
