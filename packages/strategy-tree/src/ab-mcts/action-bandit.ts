import type { Random } from "@aide-ts/plugin";
import { Evidence } from "../journal/evidence.ts";
import type { ScoreRange } from "../journal/score-range.ts";
import { highest, type Action, type Actions } from "./actions.ts";
import type { Belief } from "./posteriors.ts";

/** How well each action did over the whole tree, and the choice of one: a bandit of its own, by Thompson sampling or by UCB1 with constant √2. */
export class ActionBandit {
  readonly #evidence = new Map<string, Evidence>();
  readonly #belief: Belief;
  readonly #by: "thompson" | "ucb";

  constructor(belief: Belief, by: "thompson" | "ucb") {
    this.#belief = belief;
    this.#by = by;
  }

  learn({ key }: Action, merit: number | undefined): void {
    this.#of(key).add(merit);
  }

  choose(actions: Actions, range: ScoreRange, random: Random): Action {
    if (actions.length === 1) return actions[0];
    const tries = actions.reduce((sum, { key }) => sum + this.#of(key).count, 0);
    const value = ({ key }: Action): number => {
      const observed = this.#of(key).moments(range);
      if (this.#by === "thompson") return this.#belief.draw(observed, random);
      const { count, mean } = observed;
      return count === 0 ? Number.POSITIVE_INFINITY : mean + Math.sqrt((2 * Math.log(tries)) / count);
    };
    return highest(actions, value) ?? actions[0];
  }

  #of(key: string): Evidence {
    const evidence = this.#evidence.get(key) ?? new Evidence();
    this.#evidence.set(key, evidence);
    return evidence;
  }
}
