// Reads, analyses and writes the report of an ablation by two threads, as a process of its own: `ablation-report.ts <root> <out>` prints what each part took, in
// seconds, and the most memory that it had, as a line of JSON.
import { analyse, cellsOf, readFrozenPlan, readOutcomes, renderAnalysis, writeReport } from "@aide-ts/ablation";

const [root = "", out = ""] = process.argv.slice(2);
let last = performance.now();
const since = (): number => {
  const seconds = (performance.now() - last) / 1000;
  last = performance.now();
  return seconds;
};
const frozen = await readFrozenPlan(root);
const { plan } = frozen;
const outcomes = await readOutcomes(cellsOf(plan), root, 2);
const read = since();
const analysis = analyse(plan, outcomes);
const analysed = since();
const lines = renderAnalysis(plan, analysis, frozen).length;
await writeReport(out, plan, analysis, outcomes, frozen);
const written = since();
const megabytes = process.resourceUsage().maxRSS / 1024;
console.log(JSON.stringify({ cells: outcomes.length, lines, read, analysed, written, megabytes }));
