import assert from "node:assert/strict";
import { Journal, seededRandom } from "@aide-ts/core";
import type { Ask, JournalView, Outcome, Plugin, Proposal, Search, Solution, Task } from "@aide-ts/plugin";
import { cutLog, linesOf, orderedLog } from "../stage/log-file.ts";
import { journalText, play } from "../stage/stage.ts";
import type { TestRunner } from "./runner.ts";

export interface SearchCase<O> {
  readonly plugin: Plugin<"search", O>;
  readonly options: O;
}

const task: Task = { goal: "predict", metric: "rmse", direction: "minimize" };
const slotNumbers = [1, 3, 8];

/** What every search must hold to: that it is a function of its calls, asks only for what there is, and lives with every kind of outcome. */
export const searchConformance = <O>({ describe, it }: TestRunner, { plugin, options }: SearchCase<O>): void => {
  const create = (): Search => plugin.create(options, undefined);

  describe(`search ${plugin.name}`, () => {
    it("begins with a draft that builds on nothing", async () => {
      const ask = create().ask(new Journal(task).view(), 0, seededRandom(1));
      assert.equal(ask.kind, "propose");
      assert.ok(ask.kind === "propose");
      assert.equal(ask.proposal.operator, "draft");
      assert.deepEqual(ask.proposal.parents, []);
    });

    for (const slots of slotNumbers) {
      it(`asks the same again after the same calls with ${slots} slots`, async () => {
        for (let seed = 0; seed < 5; seed++)
          assert.deepEqual(simulate(create(), slots, seed), simulate(create(), slots, seed));
      });

      it(`asks only for solutions that were told, as plain data, with ${slots} slots`, async () => {
        for (let seed = 0; seed < 10; seed++) {
          const known = new Set<string>();
          simulate(create(), slots, seed, {
            onAsk(ask) {
              assert.deepEqual(JSON.parse(JSON.stringify(ask)), ask, "an ask is no plain data");
              if (ask.kind !== "propose") return;
              const { parents, memory, operator } = ask.proposal;
              for (const id of [...parents, ...memory])
                assert.ok(known.has(id), `${operator} of ${id}, which nobody told`);
              if (operator !== "draft") assert.ok(parents.length > 0, `${operator} without a parent`);
            },
            onTell: ({ solutions }) => solutions.forEach(({ id }) => known.add(id)),
          });
        }
      });

      it(`waits only while something is under way, with ${slots} slots`, async () => {
        for (let seed = 0; seed < 10; seed++) {
          simulate(create(), slots, seed, {
            onAsk: (ask, pending) => assert.ok(ask.kind !== "wait" || pending > 0, "it waits for nothing"),
          });
        }
      });

      it(`goes on where every proposal fails or is cut, with ${slots} slots`, async () => {
        for (const fate of ["cut", "failed", "empty"] as const) {
          const asks = simulate(create(), slots, 3, { fate: () => fate });
          assert.ok(asks.some(({ kind }, at) => at > 20 && kind === "propose") || asks.at(-1)?.kind === "done");
        }
      });

      it(`repeats, resumes and replays in the engine with ${slots} slots`, async () => {
        const limits = { steps: 12 };
        const first = await play({ search: create, slots, limits, jitter: 1 });
        assert.equal(
          first.ending.reason === "steps" || first.ending.reason === "search-done",
          true,
          first.ending.message,
        );
        const delayed = await play({ search: create, slots, limits, jitter: 2 });
        assert.equal(orderedLog(delayed.file), orderedLog(first.file));
        const again = await play({ search: create, slots, limits, file: first.file });
        assert.equal(journalText(again), journalText(first));
        assert.equal(again.backend.requests.length, 0);
        for (let kept = 0; kept < linesOf(first.file).length; kept += 5) {
          const resumed = await play({ search: create, slots, limits, file: cutLog(first.file, kept) });
          assert.equal(journalText(resumed), journalText(first), `after ${kept} events`);
        }
      });
    }

    it("leaves what it is shown as it is", async () => {
      for (let seed = 0; seed < 5; seed++) simulate(create(), 3, seed, { freeze: true });
    });
  });
};

type Fate = "valid" | "invalid" | "cut" | "failed" | "empty";

interface Watch {
  readonly onAsk?: (ask: Ask, pending: number) => void;
  readonly onTell?: (outcome: Outcome) => void;
  readonly fate?: (random: () => number) => Fate;
  readonly freeze?: boolean;
}

const mixedFate = (random: () => number): Fate => {
  const roll = random();
  if (roll < 0.5) return "valid";
  if (roll < 0.8) return "invalid";
  return roll < 0.87 ? "cut" : roll < 0.94 ? "failed" : "empty";
};

const proposals = 60;

/** Asks and tells as the engine would, with made-up outcomes in a random order within the slots. */
const simulate = (search: Search, slots: number, seed: number, watch: Watch = {}): readonly Ask[] => {
  const journal = new Journal(task);
  const random = seededRandom("outcomes", seed);
  const pending = new Map<number, Proposal>();
  const asks: Ask[] = [];
  let number = 0;
  const tell = () => {
    const [told] = [...pending.keys()].sort((a, b) => a - b);
    const proposal = told === undefined ? undefined : pending.get(told);
    if (told === undefined || proposal === undefined) return;
    pending.delete(told);
    const outcome = madeUpOutcome(told, proposal, (watch.fate ?? mixedFate)(random), random);
    journal.close(watch.freeze === true ? deepFreeze(outcome) : outcome);
    search.tell(outcome);
    watch.onTell?.(outcome);
  };
  while (number < proposals) {
    const view: JournalView = watch.freeze === true ? Object.freeze(journal.view()) : journal.view();
    const ask = search.ask(view, number, seededRandom("ask", seed, number, journal.outcomes.length));
    watch.onAsk?.(ask, pending.size);
    asks.push(ask);
    if (ask.kind === "done" || (ask.kind === "wait" && pending.size === 0)) break;
    if (ask.kind === "propose") {
      pending.set(number, ask.proposal);
      journal.open(number, ask.proposal);
      number++;
    }
    if (ask.kind === "wait" || pending.size >= slots) tell();
  }
  while (pending.size > 0) tell();
  return asks;
};

const madeUpOutcome = (number: number, proposal: Proposal, fate: Fate, random: () => number): Outcome => {
  const base = { number, proposal, notes: {} };
  if (fate === "cut") return { ...base, solutions: [], cut: "budget" };
  if (fate === "failed") return { ...base, solutions: [], cut: "failure" };
  const score = { value: random(), source: "held-out" as const };
  const chosen: Solution = {
    id: `${number}-0`,
    proposal: number,
    parents: proposal.parents,
    candidate: { plan: "", code: fate === "empty" ? "" : `x = ${number}` },
    evaluation:
      fate === "valid"
        ? { valid: true, score, scores: [score], feedback: "" }
        : { valid: false, cause: fate === "empty" ? "no-code" : "exception", scores: [], feedback: "" },
  };
  return { ...base, solutions: [chosen], chosen };
};

const deepFreeze = <T>(value: T): T => {
  if (typeof value !== "object" || value === null) return value;
  for (const inner of Object.values(value)) deepFreeze(inner);
  return Object.freeze(value);
};
