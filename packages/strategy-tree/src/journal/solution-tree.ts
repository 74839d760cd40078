import type { Outcome, SolutionId, Task } from "@aide-ts/plugin";

/** A solution in the tree of a run, or its root, which is the parent of drafts. `own` is what a search remembers of it. */
export interface TreeNode<S> {
  /** Empty for the root. */
  readonly id: SolutionId;
  /** Only the root has none. */
  readonly parent: TreeNode<S> | undefined;
  /** In the order in which they were told. */
  readonly children: TreeNode<S>[];
  /** Children that are invalid, in the same order. */
  readonly failures: TreeNode<S>[];
  /** How many solutions were told before it. */
  readonly order: number;
  readonly valid: boolean;
  /** The score, so signed that higher is better; 0 where it is not valid. */
  readonly merit: number;
  /** Debug steps in a row that led here. */
  readonly debugDepth: number;
  /** The script; empty where the model wrote none. */
  readonly code: string;
  readonly own: S;
}

/** The chosen solutions of a run as a tree, grown by one outcome at a time. */
export class SolutionTree<S> {
  readonly root: TreeNode<S>;
  readonly #nodes = new Map<SolutionId, TreeNode<S>>();
  readonly #own: () => S;

  /** `own` makes what a search remembers of a new node. */
  constructor(own: () => S) {
    this.#own = own;
    const nothing = { order: -1, valid: false, merit: 0, debugDepth: 0, code: "" };
    this.root = { ...nothing, id: "", parent: undefined, children: [], failures: [], own: own() };
  }

  node(id: SolutionId | undefined): TreeNode<S> | undefined {
    return id === undefined ? undefined : this.#nodes.get(id);
  }

  /** The node of what the outcome chose; `undefined` where it chose nothing. */
  add(task: Task, { proposal, chosen }: Outcome): TreeNode<S> | undefined {
    if (chosen === undefined || this.#nodes.has(chosen.id)) return undefined;
    const parent = this.node(proposal.parents[0]) ?? this.root;
    const { evaluation, candidate } = chosen;
    const node: TreeNode<S> = {
      id: chosen.id,
      parent,
      children: [],
      failures: [],
      order: this.#nodes.size,
      valid: evaluation.valid,
      merit: evaluation.valid ? evaluation.score.value * (task.direction === "maximize" ? 1 : -1) : 0,
      debugDepth: proposal.operator === "debug" ? parent.debugDepth + 1 : 0,
      code: candidate.code,
      own: this.#own(),
    };
    parent.children.push(node);
    if (!node.valid) parent.failures.push(node);
    this.#nodes.set(node.id, node);
    return node;
  }
}

/** Whether `a` beats `b`: valid over invalid, then the score. A tie is not better. */
export const beats = <S>(a: TreeNode<S>, b: TreeNode<S>): boolean => a.valid && (!b.valid || a.merit > b.merit);

/** Sorts the best first, of equals what was told first. */
export const byRank = <S>(a: TreeNode<S>, b: TreeNode<S>): number => {
  if (beats(a, b)) return -1;
  return beats(b, a) ? 1 : a.order - b.order;
};
