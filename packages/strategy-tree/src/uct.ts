import { definePlugin } from "@aide-ts/plugin";
import { z } from "zod";
import { Evidence } from "./journal/evidence.ts";
import { maxDebugDepthOption, operatorOn } from "./journal/operator.ts";
import { boundsOption, ScoreRange } from "./journal/score-range.ts";
import { timeOption, timeWeight } from "./journal/time-weight.ts";
import type { TreeNode } from "./journal/solution-tree.ts";
import { draftOf, type Choice, type Policy, type SearchState, type Told } from "./policy/policy.ts";
import { memoryOption } from "./policy/memory.ts";
import { searchBy } from "./policy/policy-search.ts";

const options = z.strictObject({
  c: z.number().min(0).default(0.25).describe("Exploration constant, for rewards in [0, 1]."),
  children: z.number().int().min(1).default(5).describe("Children of a solution before one of them is descended into."),
  bounds: boundsOption,
  time: timeOption,
  maxDebugDepth: maxDebugDepthOption,
  memory: memoryOption,
});

export type UctOptions = z.output<typeof options>;

interface Visits {
  /** Rewards of the solution and of all below it. */
  readonly seen: Evidence;
  /** Proposals under way on the solution or below it: visits with reward 0 until they are told. */
  virtual: number;
  /** Proposals under way on the solution itself. */
  pending: number;
  /** Children that something can be done with or below. */
  openChildren: number;
  open: boolean;
}

type Node = TreeNode<Visits>;

/** UCB1 (Auer et al. 2002) as UCT applies it; a child that was never visited comes first. */
export const uctScore = (rewards: number, visits: number, parentVisits: number, c: number): number =>
  visits === 0 ? Number.POSITIVE_INFINITY : rewards / visits + c * Math.sqrt(Math.log(parentVisits) / visits);

/**
 * UCT (Kocsis & Szepesvári 2006): from the root down to the child of highest Q + c·√(ln N / n), of equals the first, until a solution has fewer
 * than `children` children. Q is the mean reward of the subtree; rewards are scores normalised over the run, 0 for invalid solutions, and may count running time
 * (`time`). Proposals
 * under way count as visits with reward 0 (virtual loss, Chaslot et al. 2008). Defaults: c 0.25 over normalised rewards and 5 children are
 * aira-dojo's; treequest has √2 over raw rewards and 2 children, llm-reasoners 1.0, optillm 0.2.
 */
export const uct = definePlugin({
  kind: "search",
  name: "uct",
  summary: "Monte Carlo tree search by upper confidence bounds.",
  options,
  create: (settings) => searchBy(new Uct(settings), settings.memory),
});

class Uct implements Policy<Visits> {
  readonly #settings: UctOptions;
  readonly #range: ScoreRange;
  readonly #open = new Map<number, Node>();

  constructor(settings: UctOptions) {
    this.#settings = settings;
    this.#range = new ScoreRange(settings.bounds);
  }

  own(): Visits {
    return { seen: new Evidence(), virtual: 0, pending: 0, openChildren: 0, open: false };
  }

  learn({ task, outcome, node }: Told<Visits>): void {
    const { number } = outcome;
    const on = this.#open.get(number);
    this.#open.delete(number);
    if (on !== undefined) {
      on.own.pending--;
      for (let at: Node | undefined = on; at !== undefined; at = at.parent) at.own.virtual--;
    }
    if (node !== undefined) {
      const merit = this.#range.admit(node, task);
      const weight = timeWeight(outcome, this.#settings.time);
      for (let at: Node | undefined = node; at !== undefined; at = at.parent) at.own.seen.add(merit, weight);
      this.#refresh(node);
    }
    if (on !== undefined) this.#refresh(on);
  }

  choose({ tree, number }: SearchState<Visits>): Choice<Visits> {
    this.#refresh(tree.root);
    let on = tree.root;
    if (on.own.open) while (!this.#hasRoom(on)) on = this.#best(on);
    else if (this.#open.size > 0) return { kind: "wait" };
    this.#open.set(number, on);
    on.own.pending++;
    for (let at: Node | undefined = on; at !== undefined; at = at.parent) at.own.virtual++;
    this.#refresh(on);
    const operator = operatorOn(on, this.#settings.maxDebugDepth);
    return operator === undefined ? draftOf(tree) : { kind: "step", operator, on };
  }

  #hasRoom(node: Node): boolean {
    const { children, maxDebugDepth } = this.#settings;
    return node.children.length + node.own.pending < children && operatorOn(node, maxDebugDepth) !== undefined;
  }

  #best(parent: Node): Node {
    const visits = parent.own.seen.count + parent.own.virtual;
    let best = parent;
    let highest = Number.NEGATIVE_INFINITY;
    for (const child of parent.children) {
      const { seen, virtual, open } = child.own;
      if (!open) continue;
      const score = uctScore(seen.total(this.#range), seen.count + virtual, visits, this.#settings.c);
      if (score > highest) [best, highest] = [child, score];
    }
    return best;
  }

  /** Whether anything can be done with a node or below it, kept up to date along the path to the root. */
  #refresh(node: Node): void {
    for (let at: Node | undefined = node; at !== undefined; at = at.parent) {
      const open = this.#hasRoom(at) || at.own.openChildren > 0;
      if (open === at.own.open) return;
      at.own.open = open;
      if (at.parent !== undefined) at.parent.own.openChildren += open ? 1 : -1;
    }
  }
}
