import type { ScoreRange } from "../journal/score-range.ts";
import type { BelievedNode } from "./beliefs.ts";
import type { Belief, Reach } from "./posteriors.ts";

const nowhere: Reach = { mean: Number.NEGATIVE_INFINITY, scale: 0 };

/** Children with equally many observations, and how far what is thought of any of them reaches. */
export class ContenderGroup {
  readonly #members: BelievedNode[] = [];
  /** Members that the reach does not cover yet are those from this place on. */
  #covered = 0;
  /** Members that left since the reach was worked out from those that are there: it may be too wide for these. */
  #left = 0;
  #reach = nowhere;
  #version = -1;

  get members(): readonly BelievedNode[] {
    return this.#members;
  }

  /** The place of the new member. */
  add(node: BelievedNode): number {
    return this.#members.push(node) - 1;
  }

  /** Gives the member that takes the place of the one that leaves, where there is one. */
  remove(place: number): BelievedNode | undefined {
    const last = this.#members.pop();
    this.#left++;
    // The last member may be one that the reach does not cover, and would then stand where all are covered.
    if (this.#members.length >= this.#covered && place < this.#covered) this.#left = Number.POSITIVE_INFINITY;
    this.#covered = Math.min(this.#covered, this.#members.length);
    if (last === undefined || place >= this.#members.length) return undefined;
    this.#members[place] = last;
    return last;
  }

  /** A bound for all members: worked out for new ones, and anew when rewards have changed or many have left. */
  reach(belief: Belief, range: ScoreRange): Reach {
    if (this.#version !== range.version || this.#left > this.#members.length) {
      this.#reach = nowhere;
      this.#covered = 0;
      this.#left = 0;
      this.#version = range.version;
    }
    for (const { own } of this.#members.slice(this.#covered)) {
      const { mean, scale } = belief.reach(own.seen.moments(range));
      this.#reach = { mean: Math.max(mean, this.#reach.mean), scale: Math.max(scale, this.#reach.scale) };
    }
    this.#covered = this.#members.length;
    return this.#reach;
  }
}
