// Simple regret of every search on landscapes that were fixed before: writes docs/results/search.md. The same each time, to the digit.
import { globSync, readFileSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import type { Kind, Plugin, Search, Strategy } from "@aide-ts/plugin";
import { frozen, landscapes, parsePool, random, study, type Landscape, type Study } from "@aide-ts/pool";
import { bestOfN, selfConsistency } from "@aide-ts/strategy-cot";
import { abMcts, beam, bestFirst, evolutionary, greedy, repeatedSampling, uct } from "@aide-ts/strategy-tree";
import { markdownTable } from "@aide-ts/run/report";

const seeds = Number(process.env["SEEDS"] ?? 200);
const stepCount = [8, 16, 32, 64];
const samples = 3;

const here = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url));
const pools = "docs/results/pools";
const page = "docs/results/search.md";

/** Pools frozen from real runs, in the order of their names. */
const poolFiles = globSync(`${pools}/*.json`, { cwd: here("") }).toSorted();

/** As a config that names it alone gets it. */
const optionsOf = async <K extends Kind, O>({ options }: Plugin<K, O>, given = {}): Promise<O> => {
  const checked = await options["~standard"].validate(given);
  if (checked.issues !== undefined) throw new Error(JSON.stringify(checked.issues));
  return checked.value;
};

interface Row {
  readonly name: string;
  readonly study: Study;
}

const searchOf = async <O>(plugin: Plugin<"search", O>) => {
  const options = await optionsOf(plugin);
  return { name: plugin.name, create: (): Search => plugin.create(options, undefined) };
};
const selectorOf = async <O>(plugin: Plugin<"strategy", O>, given: object) => {
  const options = await optionsOf(plugin, given);
  return { name: plugin.name, create: (): Strategy => plugin.create(options, undefined) };
};

const baselines = [await searchOf(random), await searchOf(repeatedSampling)];
const searches = [
  await searchOf(greedy),
  await searchOf(bestFirst),
  await searchOf(beam),
  await searchOf(uct),
  await searchOf(abMcts),
  await searchOf(evolutionary),
];

const searched = async (landscape: Landscape): Promise<readonly Row[]> => {
  const rows: Row[] = [];
  for (const { name, create } of [...baselines, ...searches])
    rows.push({ name, study: await study({ landscape, search: create, steps: stepCount, seeds: seeds }) });
  return rows;
};

const selected = async (landscape: Landscape): Promise<readonly Row[]> => {
  const rows: Row[] = [];
  const selectors = [
    undefined,
    await selectorOf(bestOfN, { n: samples }),
    await selectorOf(selfConsistency, { samples: samples }),
  ];
  const search = await searchOf(greedy);
  for (const selector of selectors) {
    const strategies = selector === undefined ? [] : [selector];
    const settings = { landscape, search: search.create, strategies, steps: stepCount, seeds: seeds };
    rows.push({
      name: selector === undefined ? "one sample" : `${selector.name}, ${samples} samples`,
      study: await study(settings),
    });
  }
  return rows;
};

const percent = (share: number): string => (100 * share).toFixed(share > 0 && share < 0.1 ? 1 : 0);

/** The columns of a row: regret at each number of steps, and how often nothing was valid there. */
const tableOf = (head: string, rows: readonly Row[]): string =>
  `${markdownTable(
    [
      head,
      ...stepCount.map((steps) => `${steps} steps`),
      `% without a valid one at ${stepCount.join(", ")}`,
      "scripts run",
    ],
    rows.map(({ name, study: { points, executions } }) => [
      name,
      ...points.map(({ regret, error }) => `${regret.toFixed(3)} ± ${error.toFixed(3)}`),
      points.map(({ without }) => percent(without)).join(", "),
      executions.toFixed(0),
    ]),
  )}\n`;

const about: Readonly<Record<string, string>> = {
  smooth: "A loss seen as it is; a child lies near its parent, and seven of ten are worse.",
  capped: "A gain seen as it is; what comes of a draft never passes a ceiling that was drawn with the draft.",
  noisy: "An accuracy seen with an error as large as drafts differ.",
  buggy: "As smooth, but three of four drafts and four of ten changes fail; about half of the failures can be mended.",
};

const known = (landscape: Landscape): string => {
  const { metric, direction, optimum, median } = landscape;
  const better = direction === "minimize" ? "Lower" : "Higher";
  return `${about[landscape.name] ?? `Frozen from real runs, ${metric}; regret is on the search score.`} ${better} is better; optimum ${Number(optimum.toPrecision(4))}, median draft ${Number(median.toPrecision(4))}.`;
};

const sections: string[] = [];
for (const landscape of landscapes) {
  sections.push(`## ${landscape.name}\n\n${known(landscape)}\n\n${tableOf("search", await searched(landscape))}`);
  console.log(`${landscape.name} done`);
}
for (const file of poolFiles) {
  const name = basename(file, ".json");
  const pool = parsePool(readFileSync(here(file), "utf8"), file);
  const landscape = frozen(name, pool);
  const models = [...new Set(pool.runs.map(({ model }) => model))].join(", ");
  const best = pool.nodes.find(({ seen }) => seen.valid && seen.score === landscape.optimum)?.operator;
  const runs = pool.runs.length === 1 ? "one run" : `${pool.runs.length} runs`;
  const origin = `The best is the work of the operator ${best}. ${pool.nodes.length} solutions of ${runs} with ${models} ([the pool](pools/${name}.json)).`;
  sections.push(
    `## ${name}\n\n${known(landscape)} ${origin}\n\n${tableOf("search", await searched(landscape))}\nSelectors around the coder of \`greedy\`; each step writes and runs ${samples} scripts.\n\n${tableOf("selector", await selected(landscape))}`,
  );
  console.log(`${name} done`);
}
if (poolFiles.length === 0) console.log(`${pools} holds no pool: the replay of real runs is left out`);

writeFileSync(
  here(page),
  `# Simple regret of searches

\`npm run regret\` repeats this page to the digit. The landscapes' figures and the searches' options (their defaults) were fixed and committed before any
search was run on them; an earlier set of figures had been run before it was committed, so each was drawn anew, within 30 % of what it had been, by a fixed seed. Mean ± standard error over ${seeds} seeds, one slot; all searches of a seed meet the same first draft. The engine is that of real runs; coder, executor and
evaluator are the landscape's (packages/pool).

Simple regret is how far the worth of the solution that would be submitted, chosen by the score as it is seen, lies from the optimum, as a share of how far the median draft
does: 1 is no better than a median draft or nothing valid, 0 the optimum. A step is one proposal.

Pools replay what was recorded and make nothing up ([how](../../packages/pool/README.md#pools)): their optimum is the best solution of the pool, drafts are the recorded drafts, and where a search goes on
from a solution again and again it soon meets the same scripts. "Scripts run" says how many different solutions its 64 steps met: the fewer, the more of the later columns is repetition, which favours
searches that draft often. A pool of one task, model and seed ranks searches on that pool and no further. \`tools/results/pool.sh\` makes the pools.

${sections.join("\n")}`,
);
console.log(`wrote ${page}`);
