import { Evidence } from "../journal/evidence.ts";
import type { TreeNode } from "../journal/solution-tree.ts";
import type { Action } from "./actions.ts";
import { Contenders } from "./contenders.ts";

export type BelievedNode = TreeNode<Beliefs>;

/** The two arms of a node, and its children that can be gone on with. */
export interface Arms {
  /** GEN: rewards of what was made from the node. */
  readonly generate: Evidence;
  /** CONT: rewards of what was made from nodes below it. */
  readonly goOn: Evidence;
  readonly children: Contenders;
}

/** What AB-MCTS remembers of a node. `shared`: one pair of arms for all actions; else one for each. */
export class Beliefs {
  /** As an arm of its parent: the solution's own reward, and those of all that was made from it and below. */
  readonly seen = new Evidence();
  /** What made it. */
  madeBy: Action | undefined;
  readonly #shared: boolean;
  readonly #arms = new Map<string, Arms>();
  readonly #actions = new Map<string, Evidence>();

  constructor(shared: boolean) {
    this.#shared = shared;
  }

  armsOf({ key }: Action): Arms {
    const place = this.#shared ? "" : key;
    const known = this.#arms.get(place);
    if (known !== undefined) return known;
    const arms: Arms = { generate: new Evidence(), goOn: new Evidence(), children: new Contenders() };
    this.#arms.set(place, arms);
    return arms;
  }

  /** Rewards below the node that go back to an action of it. */
  actionEvidence({ key }: Action): Evidence {
    const evidence = this.#actions.get(key) ?? new Evidence();
    this.#actions.set(key, evidence);
    return evidence;
  }
}
