import type { SolutionId } from "@aide-ts/plugin";
import { z } from "zod";
import { beats, type TreeNode } from "../journal/solution-tree.ts";
import type { Step } from "./policy.ts";

const kinds = ["none", "good", "siblings", "ancestors-failed"] as const;
const limit = z.number().int().min(0);
const defaultLimit = 6;

export const memoryOption = z
  .union([limit, z.enum(kinds), z.strictObject({ cite: z.enum(kinds), limit: limit.default(defaultLimit) })])
  .default(defaultLimit)
  .describe(
    "Solutions that a prompt may cite: none, the good ones, siblings, or ancestors-failed; a number is how many good ones.",
  );

export type MemoryOption = z.output<typeof memoryOption>;

/**
 * Which solutions a prompt may cite. `good` (AIDE): the best valid ones, best first, and none for a repair. `siblings`: what else was made from the
 * same parent, for a draft other drafts, and `ancestors-failed`: for a repair, what was tried in vain on the failures that it descends from, both
 * the newest and oldest first (operators of AIRA, Toledo et al. 2025, arXiv 2507.02554; sibling memory also in ML-Master, arXiv 2506.16499).
 */
export class Memory<S> {
  readonly #kind: (typeof kinds)[number];
  readonly #limit: number;
  /** Best first, of equals the first. */
  readonly #best: TreeNode<S>[] = [];

  constructor(option: MemoryOption) {
    if (typeof option === "object") [this.#kind, this.#limit] = [option.cite, option.limit];
    else if (typeof option === "number") [this.#kind, this.#limit] = ["good", option];
    else [this.#kind, this.#limit] = [option, defaultLimit];
  }

  learn(node: TreeNode<S>): void {
    if (this.#kind !== "good" || !node.valid || this.#limit === 0) return;
    const worse = this.#best.findIndex((other) => beats(node, other));
    if (worse === -1 && this.#best.length >= this.#limit) return;
    this.#best.splice(worse === -1 ? this.#best.length : worse, 0, node);
    this.#best.length = Math.min(this.#best.length, this.#limit);
  }

  cite(step: Step<S>): readonly SolutionId[] {
    return this.#relevant(step)
      .filter((node) => node !== step.on && node !== step.other)
      .map(({ id }) => id);
  }

  #relevant({ operator, on }: Step<S>): readonly TreeNode<S>[] {
    if (this.#limit === 0) return [];
    if (this.#kind === "good") return operator === "debug" ? [] : this.#best;
    if (this.#kind === "siblings") return on.children.slice(-this.#limit);
    return this.#kind === "ancestors-failed" && operator === "debug" ? failedFixes(on, this.#limit) : [];
  }
}

/** Failed repairs of a failed node and of the failures above it, without the node itself. */
const failedFixes = <S>(node: TreeNode<S>, limit: number): readonly TreeNode<S>[] => {
  const found: TreeNode<S>[] = [];
  for (let at: TreeNode<S> | undefined = node; at?.valid === false && at.parent !== undefined; at = at.parent) {
    found.push(...at.failures.slice(-limit - 1).filter((fix) => fix !== node));
    if (found.length > limit) break;
  }
  return found.sort((a, b) => a.order - b.order).slice(-limit);
};
