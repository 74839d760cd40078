import { definePlugin } from "@aide-ts/plugin";
import { draftOf, type Choice, type Policy, type SearchState, type Told } from "../policy/policy.ts";
import { crossoverPrompt } from "../policy/crossover-prompt.ts";
import { searchBy } from "../policy/policy-search.ts";
import { Repairs } from "../policy/repairs.ts";
import { Island } from "./island.ts";
import { options, type EvolutionaryOptions } from "./options.ts";

/**
 * Evolution of solutions: parents are selected from a population and improved or, two of them, combined; failed offspring is repaired first.
 * Generations of 5, at most 500 solutions, one island, and crossover with chance ½ after generation 2 are the figures of AIRA's evolutionary search
 * (Toledo et al. 2025, arXiv 2507.02554). Several islands pass their best tenth around a ring every 50 generations, a migrant only once and no script
 * twice: openevolve's figures (codelion/openevolve). Of those that are no elite the oldest dies (Real et al. 2019, arXiv 1802.01548).
 */
export const evolutionary = definePlugin({
  kind: "search",
  name: "evolutionary",
  summary: "Selects, improves and combines solutions of a population.",
  options,
  prompts: crossoverPrompt,
  create: (settings) => searchBy(new Evolutionary(settings), settings.memory),
});

/** An island with what was proposed and told on it, repairs aside. */
interface Colony {
  readonly island: Island;
  readonly repairs: Repairs<undefined>;
  proposed: number;
  told: number;
}

class Evolutionary implements Policy<undefined> {
  readonly #settings: EvolutionaryOptions;
  readonly #colonies: readonly Colony[];
  readonly #open = new Map<number, { readonly colony: Colony; readonly repair: boolean }>();
  #migrations = 0;

  constructor(settings: EvolutionaryOptions) {
    this.#settings = settings;
    this.#colonies = Array.from({ length: settings.islands }, () => ({
      island: new Island(settings),
      repairs: new Repairs(settings.debug),
      proposed: 0,
      told: 0,
    }));
  }

  own(): undefined {
    return undefined;
  }

  learn({ outcome, node }: Told<undefined>): void {
    const made = this.#open.get(outcome.number);
    this.#open.delete(outcome.number);
    if (made === undefined) return;
    const { colony, repair } = made;
    colony.repairs.learn(outcome, node);
    if (node !== undefined) colony.island.join(node);
    if (!repair) colony.told++;
    this.#migrate();
  }

  choose({ tree, number, random }: SearchState<undefined>): Choice<undefined> {
    for (const colony of this.#colonies) {
      const repair = colony.repairs.take(number);
      if (repair === undefined) continue;
      this.#open.set(number, { colony, repair: true });
      return repair;
    }
    const colony = this.#colonies.reduce((a, b) => (b.proposed < a.proposed ? b : a));
    this.#open.set(number, { colony, repair: false });
    colony.proposed++;
    const { generation, crossover, crossoverAfter } = this.#settings;
    const on = colony.proposed <= generation ? undefined : colony.island.select(random);
    if (on === undefined) return draftOf(tree);
    const crosses = this.#generationOf(colony) >= crossoverAfter && random() < crossover;
    const other = crosses ? colony.island.select(random, on) : undefined;
    return other === undefined
      ? { kind: "step", operator: "improve", on }
      : { kind: "step", operator: "crossover", on, other };
  }

  /** Whole generations that were told. */
  #generationOf({ told }: Colony): number {
    return Math.floor(told / this.#settings.generation);
  }

  /** Once every island has lived through the generations between two migrations. */
  #migrate(): void {
    const least = Math.min(...this.#colonies.map((colony) => this.#generationOf(colony)));
    if (this.#colonies.length < 2 || least < (this.#migrations + 1) * this.#settings.migrationEvery) return;
    this.#migrations++;
    const leaving = this.#colonies.map(({ island }) => island.emigrants());
    for (const [at, { island }] of this.#colonies.entries()) {
      const neighbours = new Set([at - 1, at + 1].map((place) => (place + leaving.length) % leaving.length));
      for (const neighbour of neighbours) for (const node of leaving[neighbour] ?? []) island.join(node, true);
    }
  }
}
