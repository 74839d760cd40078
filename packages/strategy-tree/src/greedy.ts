import {
  definePlugin,
  isBetter,
  type JournalView,
  type Outcome,
  type Proposal,
  type Search,
  type Solution,
  type SolutionId,
} from "@aide-ts/plugin";
import { z } from "zod";

const options = z.strictObject({
  drafts: z
    .number()
    .int()
    .min(1)
    .default(5)
    .describe("First solutions before anything is improved; failed ones count."),
  debugProbability: z
    .number()
    .min(0)
    .max(1)
    .default(0.5)
    .describe("Chance to mend a failed leaf rather than improve the best."),
  maxDebugDepth: z.number().int().min(0).default(3).describe("Debug steps in a row before a leaf is given up."),
  memory: z.number().int().min(0).default(6).describe("Best solutions that a prompt may cite."),
});

export type GreedyOptions = z.output<typeof options>;

/**
 * AIDE's policy (Jiang et al. 2025, arXiv 2502.13138; WecoAI/aideml `search_policy`): drafts first, then with a chance debug a random failed
 * leaf, else improve the best. What is under way counts as done, so that slots do not double it. An answer without code, which AIDE would run as
 * a script, is no leaf: there is nothing to mend in it.
 */
export const createGreedy = (settings: GreedyOptions): Search => new Greedy(settings);

export const greedy = definePlugin({ kind: "search", name: "greedy", options, create: createGreedy });

class Greedy implements Search {
  readonly #settings: GreedyOptions;
  /** The best solutions, best first, of equals the first; as many as a prompt may cite. */
  readonly #best: Solution[] = [];
  /** Valid solutions that were told since the last ask. */
  #fresh: Solution[] = [];
  /** Failed solutions that nothing was tried on yet, with their debug steps in a row. */
  readonly #leaves = new Map<SolutionId, number>();
  #drafts = 0;

  constructor(settings: GreedyOptions) {
    this.#settings = settings;
  }

  ask(view: JournalView, _number: number, random: () => number): ReturnType<Search["ask"]> {
    for (const solution of this.#fresh) this.#rank(view, solution);
    this.#fresh = [];
    return { kind: "propose", proposal: this.#pick(view, random) };
  }

  tell({ proposal, chosen }: Outcome): void {
    if (proposal.operator === "draft") this.#drafts++;
    const [parent] = proposal.parents;
    const depth = parent === undefined ? 0 : (this.#depths.get(parent) ?? 0);
    if (parent !== undefined) this.#leaves.delete(parent);
    if (chosen === undefined) return;
    const own = proposal.operator === "debug" ? depth + 1 : 0;
    this.#depths.set(chosen.id, own);
    if (chosen.evaluation.valid) this.#fresh.push(chosen);
    else if (chosen.candidate.code !== "") this.#leaves.set(chosen.id, own);
  }

  readonly #depths = new Map<SolutionId, number>();

  #pick(view: JournalView, random: () => number): Proposal {
    const { drafts, debugProbability, maxDebugDepth } = this.#settings;
    const drafting = view.pending.filter(({ proposal }) => proposal.operator === "draft").length;
    if (this.#drafts + drafting < drafts) return this.#propose("draft");
    if (random() < debugProbability) {
      const busy = new Set(view.pending.flatMap(({ proposal }) => proposal.parents));
      const leaves = [...this.#leaves].filter(([id, depth]) => depth <= maxDebugDepth && !busy.has(id));
      const leaf = leaves[Math.floor(random() * leaves.length)];
      if (leaf !== undefined) return this.#propose("debug", leaf[0]);
    }
    const [best] = this.#best;
    return best === undefined ? this.#propose("draft") : this.#propose("improve", best.id);
  }

  #propose(operator: "draft" | "improve" | "debug", parent?: SolutionId): Proposal {
    const cited = operator === "debug" ? [] : this.#best.slice(0, this.#settings.memory).map(({ id }) => id);
    return {
      operator,
      parents: parent === undefined ? [] : [parent],
      memory: cited.filter((id) => id !== parent),
      guidance: [],
    };
  }

  #rank({ task }: JournalView, solution: Solution): void {
    const worse = this.#best.findIndex((other) => isBetter(task, solution, other));
    this.#best.splice(worse === -1 ? this.#best.length : worse, 0, solution);
    this.#best.length = Math.min(this.#best.length, Math.max(1, this.#settings.memory));
  }
}
