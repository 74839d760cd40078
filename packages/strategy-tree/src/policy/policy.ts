import type { JournalView, Outcome, Proposal, Random, Role, Task } from "@aide-ts/plugin";
import type { SolutionTree, TreeNode } from "../journal/solution-tree.ts";

/** An operator on a node; `on` is the root for a draft. */
export interface Step<S> {
  readonly kind: "step";
  readonly operator: Proposal["operator"];
  readonly on: TreeNode<S>;
  /** The second parent of a crossover. */
  readonly other?: TreeNode<S>;
  readonly role?: Role | undefined;
}

export type Choice<S> = Step<S> | { readonly kind: "wait" } | { readonly kind: "done"; readonly reason: string };

export interface SearchState<S> {
  readonly tree: SolutionTree<S>;
  readonly view: JournalView;
  readonly number: number;
  readonly random: Random;
}

/** How a step ended. */
export interface Told<S> {
  readonly task: Task;
  readonly outcome: Outcome;
  /** Of what the outcome chose. */
  readonly node?: TreeNode<S> | undefined;
}

/** What a search does, told over the tree of solutions. `S`: what it remembers of each node. */
export interface Policy<S> {
  own(): S;
  choose(moment: SearchState<S>): Choice<S>;
  learn(told: Told<S>): void;
}

export const draftOf = <S>({ root }: SolutionTree<S>): Step<S> => ({ kind: "step", operator: "draft", on: root });
