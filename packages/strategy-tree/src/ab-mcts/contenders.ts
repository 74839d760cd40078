import type { Random } from "@aide-ts/plugin";
import type { ScoreRange } from "../journal/score-range.ts";
import type { BelievedNode } from "./beliefs.ts";
import { ContenderGroup } from "./contender-group.ts";
import type { Belief } from "./posteriors.ts";

interface Standing {
  readonly count: number;
  readonly place: number;
}

/**
 * Children that Thompson sampling chooses among. Those with equally many observations share a bound on the chance to exceed the highest draw so
 * far, and as many are passed over as would all stay below it, by one geometric number: the choice is distributed as if each were drawn, at the
 * cost of the few that might win (thinning, Lewis & Shedler 1979).
 */
export class Contenders {
  readonly #groups = new Map<number, ContenderGroup>();
  readonly #standings = new Map<BelievedNode, Standing>();

  get size(): number {
    return this.#standings.size;
  }

  /** How many observations it stands with; `undefined` for one that is no contender. */
  countOf(node: BelievedNode): number | undefined {
    return this.#standings.get(node)?.count;
  }

  add(node: BelievedNode): void {
    const { count } = node.own.seen;
    const group = this.#groups.get(count) ?? new ContenderGroup();
    this.#groups.set(count, group);
    this.#standings.set(node, { count, place: group.add(node) });
  }

  /** After something more was observed of the node; nothing where it is no contender. */
  recount(node: BelievedNode): void {
    const standing = this.#standings.get(node);
    if (standing === undefined) return;
    const group = this.#groups.get(standing.count);
    const moved = group?.remove(standing.place);
    if (moved !== undefined) this.#standings.set(moved, standing);
    if (group?.members.length === 0) this.#groups.delete(standing.count);
    this.add(node);
  }

  /** The child of the highest draw. */
  highest(belief: Belief, range: ScoreRange, random: Random): BelievedNode | undefined {
    let best: BelievedNode | undefined;
    let most = Number.NEGATIVE_INFINITY;
    for (const [count, group] of this.#groups) {
      const reach = group.reach(belief, range);
      let chance = belief.chanceAbove(most, count, reach);
      for (let at = passedOver(chance, random); at < group.members.length; at += 1 + passedOver(chance, random)) {
        const node = group.members[at];
        if (node === undefined) break;
        const value = belief.drawAbove(most, chance, node.own.seen.moments(range), random);
        if (value > most) {
          [best, most] = [node, value];
          chance = belief.chanceAbove(most, count, reach);
        }
      }
    }
    return best;
  }
}

/** Failures before the first success. */
const passedOver = (chance: number, random: Random): number => {
  if (chance >= 1) return 0;
  return chance <= 0 ? Number.POSITIVE_INFINITY : Math.floor(Math.log(1 - random()) / Math.log1p(-chance));
};
