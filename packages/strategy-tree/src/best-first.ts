import { definePlugin } from "@aide-ts/plugin";
import TinyQueue from "tinyqueue";
import { z } from "zod";
import { maxDebugDepthOption, operatorOn } from "./journal/operator.ts";
import { byRank, type TreeNode } from "./journal/solution-tree.ts";
import { draftOf, type Choice, type Policy, type SearchState, type Told } from "./policy/policy.ts";
import { memoryOption } from "./policy/memory.ts";
import { searchBy } from "./policy/policy-search.ts";

const options = z.strictObject({
  drafts: z.number().int().min(1).default(5).describe("First solutions before anything is expanded."),
  children: z.number().int().min(1).default(2).describe("Times that a solution is expanded."),
  maxDebugDepth: maxDebugDepthOption,
  memory: memoryOption,
});

export type BestFirstOptions = z.output<typeof options>;

interface Expanded {
  times: number;
}

type Node = TreeNode<Expanded>;

/**
 * Best-first search (Pearl 1984): expands the best solution that was not expanded `children` times yet, by an improvement or, where it failed and
 * nothing valid is left, by a repair; of equals the first. What is under way counts as done. Two children as in treequest's search of this name;
 * five drafts as in AIDE.
 */
export const bestFirst = definePlugin({
  kind: "search",
  name: "best-first",
  summary: "Expands the best solution that is not expanded yet.",
  options,
  create: (settings) => searchBy(new BestFirst(settings), settings.memory),
});

class BestFirst implements Policy<Expanded> {
  readonly #settings: BestFirstOptions;
  readonly #open = new TinyQueue<Node>([], byRank);
  #drafts = 0;

  constructor(settings: BestFirstOptions) {
    this.#settings = settings;
  }

  own(): Expanded {
    return { times: 0 };
  }

  learn({ node }: Told<Expanded>): void {
    if (node !== undefined && operatorOn(node, this.#settings.maxDebugDepth) !== undefined) this.#open.push(node);
  }

  choose({ tree }: SearchState<Expanded>): Choice<Expanded> {
    const { drafts, children, maxDebugDepth } = this.#settings;
    const on = this.#drafts < drafts ? undefined : this.#open.peek();
    const operator = on && operatorOn(on, maxDebugDepth);
    if (on === undefined || operator === undefined) {
      this.#drafts++;
      return draftOf(tree);
    }
    on.own.times++;
    if (on.own.times >= children) this.#open.pop();
    return { kind: "step", operator, on };
  }
}
