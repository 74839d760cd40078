import { seededRandom } from "@aide-ts/core";
import { AideError, type Capability } from "@aide-ts/plugin";
import { cutLog, journalText, linesOf } from "@aide-ts/testing";
import { beforeAll, describe, expect, it } from "vitest";
import { builtins } from "../../packages/builtins/src/plugins.ts";
import { checkChain, checkNeeds, stepCalls, type Plugins } from "@aide-ts/run";
import { composed, fromFile, runComposed, strategyConfigs, type ComposedRun } from "./composed.ts";

const namesOf = (kind: string): readonly string[] =>
  [...builtins.keys()].flatMap((key) => (key.startsWith(`${kind}:`) ? [key.slice(kind.length + 1)] : []));
const [wrappers, searches] = [namesOf("strategy"), namesOf("search")];

/** Each plugin with the options that its ready-made config gives it. */
const uses = new Map<string, { use: string; options: Readonly<Record<string, unknown>> }>();
const used = (name: string) => uses.get(name) ?? { use: name, options: {} };

beforeAll(async () => {
  for (const name of [...wrappers, ...searches]) {
    const { config } = await fromFile(`${strategyConfigs}${name}.yaml`);
    const found = [...config.strategies, config.search].find(({ use }) => use === name);
    if (found !== undefined) uses.set(name, found);
  }
});

const steps = 5;
/** Cells in which a cut log is gone on from, a budget is kept and slots are filled: each of them in the whole matrix, a few in every run. */
const checked = process.env["AIDE_FUZZ"] === undefined ? 1 / 4 : 1;

/** The code of the error that refuses a composition; `undefined` where it runs. */
const refusalOf = ({ strategies }: Plugins, has: readonly Capability[] = ["continuation"]): string | undefined => {
  try {
    checkChain(strategies);
    checkNeeds(strategies, new Map([["code", { has }]]));
    return undefined;
  } catch (error) {
    if (AideError.is(error)) return error.code;
    throw error;
  }
};

const cells = new Map<string, string>();

/** Runs one composition, or says what refuses it, and holds it to what every run must hold to. */
const play = async (chain: readonly string[], search: string): Promise<void> => {
  const name = `${chain.join(" > ")} @ ${search}`;
  const plugins = await composed(chain.map(used), used(search));
  const refusal = refusalOf(plugins);
  cells.set(name, refusal ?? "runs");
  if (refusal !== undefined) return;
  const run = await runComposed(plugins, { steps });
  expect(run.ending.reason, `${name}: ${run.ending.message}`).toBe("steps");
  checkOutcomes(name, run, plugins);
  const random = seededRandom(1, name);
  if (random() < checked) await resumes(name, run, plugins, random());
  if (random() < checked) await keepsBudget(name, run, plugins, random());
  if (random() < checked) await fillsSlots(name, plugins);
};

const checkOutcomes = (name: string, { journal, events }: ComposedRun, { strategies }: Plugins): void => {
  const { outcomes } = journal;
  expect(
    outcomes.map(({ number }) => number),
    name,
  ).toEqual(Array.from({ length: steps }, (_, at) => at));
  for (const { number, proposal, cut, notes } of outcomes) {
    expect(cut, `${name}: proposal ${number}`).toBeUndefined();
    const names = strategies.map((strategy) => strategy.name);
    expect(names, name).toEqual(expect.arrayContaining(Object.keys(notes)));
    const calls = events.filter(
      (event) => event.type === "effect-started" && event.kind === "generate" && event.place.startsWith(`${number}-`),
    ).length;
    const [least, most] = stepCalls(strategies, proposal.operator);
    expect(calls, `${name}: calls of proposal ${number} (${proposal.operator})`).toBeGreaterThanOrEqual(least);
    expect(calls, `${name}: calls of proposal ${number} (${proposal.operator})`).toBeLessThanOrEqual(most);
  }
};

/** From anywhere in its log, a run goes on to the same journal, and from its end without asking anyone. */
const resumes = async (name: string, whole: ComposedRun, plugins: Plugins, at: number): Promise<void> => {
  const lines = linesOf(whole.file);
  const kept = Math.floor(at * lines.length);
  const cut = await runComposed(plugins, { steps }, { file: cutLog(whole.file, kept, lines[kept]?.slice(0, 20)) });
  expect(journalText(cut), `${name}, cut after ${kept} events`).toBe(journalText(whole));
  const again = await runComposed(plugins, { steps }, { file: whole.file });
  expect(journalText(again), name).toBe(journalText(whole));
  expect([again.asked, again.executed], name).toEqual([0, 0]);
};

const keepsBudget = async (name: string, whole: ComposedRun, plugins: Plugins, share: number): Promise<void> => {
  const tokens = Math.ceil(whole.budget.tokens * share) + 300;
  const { budget, journal, ending } = await runComposed(plugins, { steps, tokens });
  expect(["steps", "budget"], `${name}: ${ending.message}`).toContain(ending.reason);
  expect(budget.tokens, `${name} with ${tokens} tokens`).toBeLessThanOrEqual(tokens);
  const told = journal.outcomes.map(({ number }) => number);
  expect(told, name).toEqual([...new Set(told)]);
};

const fillsSlots = async (name: string, plugins: Plugins): Promise<void> => {
  const run = await runComposed(plugins, { steps }, { slots: 3 });
  expect(run.ending.reason, `${name} with 3 slots: ${run.ending.message}`).toBe("steps");
  checkOutcomes(name, run, plugins);
};

/** What went wrong in any of the cells, so that one does not hide the others. */
const failing = async (plays: readonly (() => Promise<void>)[]): Promise<readonly string[]> => {
  const failures: string[] = [];
  for (const one of plays)
    await one().catch((error: unknown) => failures.push(error instanceof Error ? error.message : String(error)));
  return failures;
};

describe("every strategy around every other one runs, or is refused", { timeout: 300_000 }, () => {
  it.each(wrappers)("%s outside", async (outer) => {
    expect(await failing(wrappers.map((inner) => () => play([outer, inner], "greedy")))).toEqual([]);
  });
});

describe("every strategy in every search runs, or is refused", { timeout: 300_000 }, () => {
  it.each(searches)("%s", async (search) => {
    expect(await failing(wrappers.map((wrapper) => () => play([wrapper], search)))).toEqual([]);
  });
});

it("what a model server cannot do is refused by the needs of a strategy, wherever that stands", async () => {
  for (const wrapper of wrappers) {
    const refusal = wrapper === "budget-forcing" ? "AIDE_CAPABILITY_MISSING" : undefined;
    for (const chain of [[wrapper], ["static-repair", wrapper]]) {
      if (chain[0] === chain[1]) continue;
      expect(refusalOf(await composed(chain.map(used), used("greedy")), []), chain.join(" > ")).toBe(refusal);
    }
  }
});

it("which are refused, and by what, is what is written down", async () => {
  const refused = [...cells].flatMap(([name, ending]) => (ending === "runs" ? [] : [`${ending}  ${name}`]));
  expect(cells.size).toBe(wrappers.length * (wrappers.length + searches.length));
  await expect(`${refused.sort().join("\n")}\n`).toMatchFileSnapshot("matrix-refused.txt");
});
