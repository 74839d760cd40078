import type { ScoreRange } from "./score-range.ts";

/** Number, mean, and sum of squared deviations from the mean of some rewards. */
export interface RewardMoments {
  readonly count: number;
  readonly mean: number;
  readonly deviations: number;
}

/**
 * What was observed below some choice, kept so that it can be read under a range that has changed since: a reward is linear in the score, so count,
 * mean and squared deviations of the scores are enough (Welford 1962). Invalid solutions have reward 0.
 */
export class Evidence {
  #valid = 0;
  #invalid = 0;
  #weight = 0;
  #mean = 0;
  #deviations = 0;

  get count(): number {
    return this.#valid + this.#invalid;
  }

  /** `undefined`: a solution that is not valid. `weight`: what its reward is multiplied by in the sum (West 1979); `moments` are of rewards of weight 1. */
  add(merit: number | undefined, weight = 1): void {
    if (merit === undefined) {
      this.#invalid++;
      return;
    }
    this.#valid++;
    const before = merit - this.#mean;
    this.#weight += weight;
    this.#mean += (weight * before) / this.#weight;
    this.#deviations += weight * before * (merit - this.#mean);
  }

  /** Sum of the rewards, each times its weight. */
  total(range: ScoreRange): number {
    return this.#valid === 0 ? 0 : this.#weight * range.reward(this.#mean);
  }

  moments(range: ScoreRange): RewardMoments {
    const { count } = this;
    if (this.#valid === 0) return { count, mean: 0, deviations: 0 };
    const reward = range.reward(this.#mean);
    const { span } = range;
    const within = span === 0 ? 0 : this.#deviations / span / span;
    const between = ((this.#valid * this.#invalid) / count) * reward * reward;
    return { count, mean: (this.#valid * reward) / count, deviations: within + between };
  }
}
