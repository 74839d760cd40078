import { beats, type TreeNode } from "../journal/solution-tree.ts";

/** The two best valid solutions, of equals the first. */
export class Champions<S> {
  #best: TreeNode<S> | undefined;
  #second: TreeNode<S> | undefined;

  learn(node: TreeNode<S>): void {
    if (!node.valid) return;
    if (this.#best === undefined || beats(node, this.#best)) [this.#best, this.#second] = [node, this.#best];
    else if (this.#second === undefined || beats(node, this.#second)) this.#second = node;
  }

  /** The best that is not this one. */
  otherThan(node: TreeNode<S>): TreeNode<S> | undefined {
    return this.#best === node ? this.#second : this.#best;
  }
}
