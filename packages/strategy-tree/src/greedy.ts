import { definePlugin, type Search, type SolutionId } from "@aide-ts/plugin";
import { z } from "zod";
import { isRepairable } from "./journal/operator.ts";
import { OrderedSet } from "./journal/ordered-set.ts";
import { beats, type TreeNode } from "./journal/solution-tree.ts";
import { draftOf, type Choice, type Policy, type SearchState, type Told } from "./policy/policy.ts";
import { memoryOption } from "./policy/memory.ts";
import { searchBy } from "./policy/policy-search.ts";

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
    .describe("Chance to debug a failed leaf rather than improve the best."),
  maxDebugDepth: z.number().int().min(0).default(3).describe("Debug steps in a row before a leaf is given up."),
  memory: memoryOption,
});

export type GreedyOptions = z.output<typeof options>;

/**
 * AIDE's policy (Jiang et al. 2025, arXiv 2502.13138; WecoAI/aideml `search_policy`): drafts first, then with a chance debug a random failed
 * leaf, else improve the best. What is under way counts as done, so that slots do not double it. An answer without code, which AIDE would run as
 * a script, is no leaf: there is nothing to repair in it. AIRA's variant (Toledo et al. 2025, arXiv 2507.02554): `debugProbability` 1, `maxDebugDepth` 20.
 */
export const createGreedy = (settings: GreedyOptions): Search => searchBy(new Greedy(settings), settings.memory);

export const greedy = definePlugin({
  kind: "search",
  name: "greedy",
  summary: "AIDE's: drafts, then the best is improved and what failed is repaired.",
  options,
  create: createGreedy,
});

class Greedy implements Policy<undefined> {
  readonly #settings: GreedyOptions;
  /** Failed solutions that may be debugged and that nothing was tried on yet. */
  readonly #leaves = new OrderedSet<SolutionId>();
  #best: TreeNode<undefined> | undefined;
  #drafts = 0;

  constructor(settings: GreedyOptions) {
    this.#settings = settings;
  }

  own(): undefined {
    return undefined;
  }

  learn({ outcome: { proposal }, node }: Told<undefined>): void {
    if (proposal.operator === "draft") this.#drafts++;
    const [parent] = proposal.parents;
    if (parent !== undefined) this.#leaves.delete(parent);
    if (node === undefined) return;
    if (isRepairable(node, this.#settings.maxDebugDepth)) this.#leaves.add(node.id);
    if (node.valid && (this.#best === undefined || beats(node, this.#best))) this.#best = node;
  }

  choose({ view, tree, random }: SearchState<undefined>): Choice<undefined> {
    const { drafts, debugProbability } = this.#settings;
    const drafting = view.pending.filter(({ proposal }) => proposal.operator === "draft").length;
    if (this.#drafts + drafting < drafts) return draftOf(tree);
    if (random() < debugProbability) {
      const busy = new Set(
        view.pending.flatMap(({ proposal }) => proposal.parents.filter((id) => this.#leaves.has(id))),
      );
      const leaf = tree.node(this.#leaves.at(Math.floor(random() * (this.#leaves.size - busy.size)), busy));
      if (leaf !== undefined) return { kind: "step", operator: "debug", on: leaf };
    }
    return this.#best === undefined ? draftOf(tree) : { kind: "step", operator: "improve", on: this.#best };
  }
}
