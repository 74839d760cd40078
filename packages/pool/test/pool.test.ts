import { historyOf, type Event } from "@aide-ts/core";
import type { Execution, Strategy } from "@aide-ts/plugin";
import { selfConsistency } from "@aide-ts/strategy-cot";
import { eventsIn, play, sketchChains, type Played } from "@aide-ts/testing";
import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { freeze, frozen, parsePool, renderPool, replay, type FinishedRun, type Pool } from "../src/index.ts";
import { shareSubmissions, submissionText } from "../src/pool/submissions.ts";
import { fuzzRuns, runsOfEngine } from "./fuzz.ts";
import { optionsOf } from "./options-of.ts";
import { searches } from "./searches.ts";

const numRuns = Math.ceil(runsOfEngine / 2);

/** What the fake script of an execution submitted: it follows from the execution alone. */
const submitted = ({ id }: Execution): string => {
  const number = Number.parseInt(id.replace(/\D/g, ""), 10);
  return `id,y\n1,${(number % 97) / 7}\n2,${(number % 89) / 3}\n`;
};

const finished = (played: Played, given: Partial<FinishedRun> = {}): FinishedRun => ({
  name: "0-run",
  model: "scripted",
  seed: 1,
  config: "hash",
  rows: "1",
  journal: played.journal,
  events: eventsIn(played.file),
  isGiven: false,
  submissionOf: submitted,
  ...given,
});

const chains = fc.constantFrom(...Object.keys(sketchChains));
const scenes = fc.record({
  chain: chains,
  search: fc.constantFrom(...Object.keys(searches)),
  seeds: fc.array(fc.nat(1000), { minLength: 1, maxLength: 2 }),
});

const frozenFrom = async ({ chain, search, seeds }: { chain: string; search: string; seeds: readonly number[] }) => {
  const runs: FinishedRun[] = [];
  for (const seed of seeds)
    runs.push(
      finished(
        await play({
          strategies: sketchChains[chain]!,
          search: searches[search]!,
          limits: { steps: 10 },
          seed,
        }),
      ),
    );
  return { runs, pool: freeze(runs) };
};

const hasSound = ({ nodes }: Pool): boolean =>
  nodes.some(({ seen }) => seen.valid) && nodes.some(({ operator }) => operator === "draft");

describe("a frozen pool", { timeout: 120_000 }, () => {
  it("holds every solution of its runs, once, and reads back from its file as it was", async () => {
    await fc.assert(
      fc.asyncProperty(scenes, async (scene) => {
        const { runs, pool } = await frozenFrom(scene);
        expect(parsePool(renderPool(pool), "pool.json")).toEqual(pool);
        expect(pool.nodes.map(({ id, seen }) => ({ id, seen }))).toEqual(
          runs.flatMap(({ journal }, run) =>
            journal.outcomes.flatMap(({ solutions }) =>
              solutions.map(({ id, evaluation }) => ({
                id: `${run}/${id}`,
                seen: evaluation.valid
                  ? { valid: true, score: evaluation.score.value }
                  : { valid: false, cause: evaluation.cause },
              })),
            ),
          ),
        );
        // Shared evenly and rounded, the tokens are those that the run was billed for its calls.
        const billed = runs.reduce((sum, { events }) => sum + billedIn(events), 0);
        const kept = pool.nodes.reduce((sum, { tokens }) => sum + tokens, 0);
        expect(Math.abs(kept - billed)).toBeLessThanOrEqual(pool.nodes.length / 2);
      }),
      { numRuns },
    );
  });

  it("replays no solution that is not in it, and no transition where it recorded others", async () => {
    await fc.assert(
      fc.asyncProperty(scenes, fc.constantFrom(...Object.keys(searches)), fc.nat(100), async (scene, search, seed) => {
        const { pool } = await frozenFrom(scene);
        fc.pre(hasSound(pool));
        const nodes = new Map(pool.nodes.map((node) => [`# spot ${node.id}`, node]));
        const { journal } = await replay({ landscape: frozen("p", pool), search: searches[search]!, steps: 20, seed });
        for (const { candidate, evaluation, execution, parents } of journal.solutions) {
          if (candidate.code === "") continue;
          const node = nodes.get(candidate.code)!;
          expect(evaluation).toMatchObject(node.seen.valid ? { score: { value: node.seen.score } } : node.seen);
          expect(execution?.seconds).toBe(node.seconds);
          const { proposal } = journal.outcomes.find(({ solutions }) =>
            solutions.some((one) => one.candidate === candidate),
          )!;
          const parent = nodes.get(journal.view().solution(parents[0] ?? "")?.candidate.code ?? "");
          if (parent === undefined || parents.length > 1) continue;
          const own = pool.nodes.filter((one) => one.operator === proposal.operator && one.parents.includes(parent.id));
          if (own.length > 0) expect(own).toContain(node);
          else expect(["draft", "given"].includes(node.operator) && node !== parent).toBe(false);
        }
      }),
      { numRuns },
    );
  });

  it("draws drafts evenly, has the best score as its optimum, and its median draft has half of them on either side", () => {
    const scores = [5, 3, 8, 1, 9];
    const pool = poolOf(scores.map((score, at) => ({ id: `0/${at}`, operator: "draft", score })));
    const landscape = frozen("p", pool);
    expect(landscape).toMatchObject({ optimum: 1, median: 5, direction: "minimize" });
    const seen = Array.from({ length: 500 }, (_, at) => landscape.draft(() => at / 500).name);
    for (const [at] of scores.entries()) expect(seen.filter((name) => name === `0/${at}`)).toHaveLength(100);
    expect(frozen("p", { ...pool, task: { ...pool.task, direction: "maximize" } }).optimum).toBe(9);
  });

  it("goes on from what has no recorded children as from the solutions most like it", () => {
    const pool = poolOf([
      { id: "0/0", operator: "draft", score: 10 },
      { id: "0/1", operator: "draft", score: 20 },
      { id: "0/2", operator: "draft", score: 14 },
      { id: "0/3", operator: "draft", cause: "timeout" },
      { id: "0/4", operator: "draft", cause: "crash" },
      { id: "0/5", operator: "draft", cause: "exception" },
      { id: "0/6", operator: "improve", parents: ["0/0"], score: 9 },
      { id: "0/7", operator: "improve", parents: ["0/1"], score: 19 },
      { id: "0/8", operator: "debug", parents: ["0/4"], score: 7 },
      { id: "0/9", operator: "debug", parents: ["0/5"], score: 6 },
      { id: "0/10", operator: "debug", parents: ["0/3"], cause: "crash" },
    ]);
    const landscape = frozen("p", pool);
    const drafts = pool.nodes.filter(({ operator }) => operator === "draft").length;
    const of = (at: number) => landscape.draft(() => at / drafts);
    const children = (at: number, operator: string) =>
      [...new Set(Array.from({ length: 64 }, (_, draw) => of(at).child(operator, () => draw / 64).name))].sort();
    expect(children(1, "improve")).toEqual(["0/7"]);
    expect(children(2, "improve")).toEqual(["0/6"]);
    expect(children(2, "crossover")).toEqual(["0/6"]);
    expect(children(4, "debug")).toEqual(["0/8"]);
    const crashed = landscape.draft(() => 3 / drafts).child("debug", () => 0);
    expect(crashed.name).toBe("0/10");
    expect([...new Set([0, 0.99].map((draw) => crashed.child("debug", () => draw).name))]).toEqual(["0/8"]);
    const lost = frozen("p", poolOf([{ id: "0/0", operator: "draft", score: 1 }])).draft(() => 0);
    expect(lost.child("improve", () => 0)).toBe(lost);
    const other = poolOf([
      { id: "0/0", operator: "draft", score: 1 },
      { id: "0/1", operator: "draft", cause: "timeout" },
      { id: "0/2", operator: "draft", cause: "crash" },
      { id: "0/3", operator: "debug", parents: ["0/2"], score: 2 },
    ]);
    expect(
      frozen("p", other)
        .draft(() => 1 / 3)
        .child("debug", () => 0).name,
    ).toBe("0/3");
  });

  it("takes a user's own script for no draft, and an edit within a proposal for what it does", async () => {
    const played = await play({ strategies: sketchChains["reflection"]!, limits: { steps: 12 } });
    const pool = freeze([finished(played, { isGiven: true })]);
    for (const node of pool.nodes) {
      const { proposal, solutions } = played.journal.outcomes[Number.parseInt(node.id.slice(2), 10)]!;
      const solution = solutions.find(({ id }) => `0/${id}` === node.id)!;
      if (proposal === played.journal.outcomes[0]!.proposal) expect(node.operator).toBe("given");
      else if (solution.candidate.from === undefined) expect(node.operator).toBe(proposal.operator);
      else {
        const { valid } = played.journal.view().solution(solution.candidate.from)!.evaluation;
        expect(node.operator).toBe(valid ? "improve" : "debug");
      }
    }
    expect(pool.nodes.some(({ operator, parents }) => operator === "debug" && parents.length === 1)).toBe(true);
  });

  it("lets a selector by agreement choose as it did on the submissions themselves", async () => {
    const values = ["1", "1.1", "9"];
    const submissions = new Map(values.map((value, at) => [`0/${at}`, `id,y\na,${value}\nb,${value}\nc,5\n`]));
    const { layout, predictions } = shareSubmissions(submissions);
    const drafts = poolOf(values.map((_, at) => ({ id: `0/${at}`, operator: "draft", score: at })));
    const pool: Pool = {
      ...drafts,
      submission: layout!,
      nodes: drafts.nodes.map((node) => ({ ...node, predictions: predictions.get(node.id)! })),
    };
    const strategy = {
      name: "self-consistency",
      create: (): Strategy => selfConsistency.create(optionsOf(selfConsistency, { samples: 9 }), undefined),
    };
    const { journal } = await replay({
      landscape: frozen("p", parsePool(renderPool(pool), "")),
      search: searches["repeated-sampling"]!,
      strategies: [strategy],
      steps: 20,
      seed: 1,
    });
    for (const { chosen, solutions } of journal.outcomes) {
      const drawn = solutions.map(({ candidate }) => Number.parseFloat(values[Number(candidate.code.at(-1))]!));
      const apart = (value: number) => drawn.reduce((sum, other) => sum + Math.abs(value - other), 0);
      const kept = Number.parseFloat(values[Number(chosen!.candidate.code.at(-1))]!);
      // The outlier agrees with nobody but itself.
      if (drawn.filter((value) => value === 9).length < 3) expect(kept).toBeLessThan(2);
      if (drawn.every((value) => value === drawn[0])) expect(apart(kept)).toBe(0);
    }
    expect(journal.outcomes.some(({ chosen }) => chosen!.candidate.code !== journal.best!.candidate.code)).toBe(true);
  });

  it("bills work that was discarded and done anew once", async () => {
    const played = await play({ limits: { steps: 3 } });
    const events = eventsIn(played.file);
    const discarded: Event = { type: "discarded", at: 0, proposals: [1] };
    const again = events.filter((event) => event.type === "effect-ended" && event.place.startsWith("1-"));
    expect(again.length).toBeGreaterThan(0);
    expect(freeze([finished(played, { events: [...events, discarded, ...again] })])).toEqual(
      freeze([finished(played)]),
    );
  });

  it("keeps what was submitted only where all runs predicted the same rows", async () => {
    const played = await play({ limits: { steps: 12 } });
    const alike = freeze([finished(played), finished(played)]);
    expect(alike.submission).toBeDefined();
    for (const { seen, predictions } of alike.nodes) expect(predictions === undefined).toBe(!seen.valid);
    const others = freeze([finished(played), finished(played, { rows: "2" })]);
    expect(others.submission).toBeUndefined();
    expect(others.nodes.filter(({ predictions }) => predictions !== undefined)).toEqual([]);
  });

  it("is refused where it cannot be used, with what is wrong", async () => {
    const pool = poolOf([{ id: "0/0", operator: "draft", score: 1 }]);
    const read = (changed: object) => () => parsePool(JSON.stringify({ ...pool, ...changed }), "p.json");
    expect(read({})).not.toThrow();
    expect(read({ version: 2 })).toThrow(expect.objectContaining({ code: "AIDE_POOL_UNREADABLE" }));
    expect(read({ nodes: [{ ...pool.nodes[0], parents: ["0/7"] }] })).toThrow(
      expect.objectContaining({ facts: expect.objectContaining({ problem: expect.stringContaining("0/0") }) }),
    );
    expect(read({ nodes: [pool.nodes[0], pool.nodes[0]] })).toThrow(
      expect.objectContaining({ code: "AIDE_POOL_UNREADABLE" }),
    );
    expect(() => frozen("p", poolOf([{ id: "0/0", operator: "draft", cause: "crash" }]))).toThrow(
      expect.objectContaining({ code: "AIDE_POOL_POOR" }),
    );
    expect(() => freeze([])).toThrow(expect.objectContaining({ code: "AIDE_POOL_EMPTY" }));
    const one = await play({ limits: { steps: 2 } });
    const other = await play({
      limits: { steps: 2 },
      task: { goal: "predict", metric: "rmse", direction: "maximize" },
    });
    expect(() => freeze([finished(one), finished(other)])).toThrow(
      expect.objectContaining({ code: "AIDE_POOL_TASKS" }),
    );
  });
});

const cells = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
  fc.constantFrom("", "a", 'b "c", d', "two\nlines", " 7 "),
);

describe("submissions", () => {
  it("come back with their columns and rows, numbers to six significant digits, text as it was", () => {
    const tables = fc
      .integer({ min: 1, max: 4 })
      .chain((rows) => fc.array(fc.array(cells, { minLength: rows, maxLength: rows }), { minLength: 1, maxLength: 4 }));
    const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
    const csvOf = (column: readonly string[]) =>
      `id,y\n${column.map((cell, row) => `r${row},${quoted(cell)}\n`).join("")}`;
    fc.assert(
      fc.property(tables, (columns) => {
        const { layout, predictions } = shareSubmissions(
          new Map(columns.map((column, at) => [String(at), csvOf(column)])),
        );
        expect(layout?.map(({ column }) => column)).toEqual(["id", "y"]);
        for (const [at, column] of columns.entries()) {
          const [{ cells: read }] = tableOf(submissionText(layout!, predictions.get(String(at))!));
          for (const [row, cell] of column.entries()) {
            const value = Number(cell);
            if (cell.trim() === "" || Number.isNaN(value)) expect(read[row]).toBe(cell);
            else expect(Math.abs(Number(read[row]) - value)).toBeLessThanOrEqual(Math.abs(value) * 1e-5);
          }
        }
      }),
      { numRuns: fuzzRuns },
    );
  });

  it("keep ids once, and those of other rows not at all", () => {
    const { layout, predictions } = shareSubmissions(
      new Map([
        ["a", "id,y\n1,2.00000049\n2,3\n"],
        ["b", "id,y\n1,4\n2,5\n"],
        ["c", "id,y\n1,4\n"],
        ["d", 'no "csv'],
      ]),
    );
    expect(layout).toEqual([
      { column: "id", cells: ["1", "2"] },
      { column: "y", cells: null },
    ]);
    expect([...predictions]).toEqual([
      ["a", [[2, 3]]],
      ["b", [[4, 5]]],
    ]);
  });
});

interface Described {
  readonly id: string;
  readonly operator: string;
  readonly parents?: readonly string[];
  readonly score?: number;
  readonly cause?: string;
}

const poolOf = (nodes: readonly Described[]): Pool => ({
  format: "aide-pool",
  version: 1,
  task: { goal: "g", metric: "rmse", direction: "minimize" },
  runs: [{ name: "0-run", model: "scripted", seed: 0, config: "hash" }],
  nodes: nodes.map(({ id, operator, parents = [], score, cause = "exception" }) => ({
    id,
    operator,
    parents: [...parents],
    seen: score === undefined ? { valid: false, cause } : { valid: true, score },
    tokens: 10,
    seconds: 1,
    code: id,
  })),
});

const billedIn = (events: readonly Event[]): number =>
  historyOf(events).bills.reduce(
    (sum, bill) =>
      bill.kind === "call"
        ? sum + bill.usage.prompt - bill.usage.cached + bill.usage.reasoning + bill.usage.answer
        : sum,
    0,
  );

const tableOf = (csv: string): readonly [{ readonly cells: readonly string[] }] => {
  const rows: readonly (readonly string[])[] = parse(csv);
  return [{ cells: rows.slice(1).map(([, cell]) => cell ?? "") }];
};
