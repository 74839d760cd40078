import type { Task } from "@aide-ts/plugin";
import { scoreOf, type ComparedNumbers } from "../metrics/compared.ts";
import { mean } from "../metrics/mean.ts";
import { addendsOf, blendedFrom, classesIn, type Addends, type Blending } from "./blending.ts";

/** A solution's predictions of the rows that each part held back, for each target. */
export type Predicted = readonly (readonly ComparedNumbers[])[];

/** Members in an ensemble, those that are in it several times counted so often. */
const mostMembers = 12;
/** Members more that are tried without a gain. */
const withoutGain = 3;

/** How often each solution is in a blend, in their order. */
export type Counts = readonly number[];

/** Solutions whose predictions can be blended, and scored together on parts of the rows. */
export class BlendPool {
  readonly #all: readonly Predicted[];
  readonly #addends: readonly (readonly (readonly Addends[])[])[];
  readonly #direction: Task["direction"];
  readonly #blending: Blending;

  /** @param all at least one, each with the same parts and targets */
  constructor(all: readonly Predicted[], blending: Blending, direction: Task["direction"]) {
    this.#all = all;
    this.#direction = direction;
    this.#blending = blending;
    const classes = blending === "votes" ? classesIn(all.flat(2)) : 0;
    this.#addends = all.map((parts) => parts.map((targets) => targets.map((one) => addendsOf(one, blending, classes))));
  }

  /**
   * Greedy selection with replacement: again and again the solution is taken in that makes the blend best on these parts (Caruana et al. 2004, Ensemble
   * selection from libraries of models). The first of equally good ones.
   */
  select(parts: readonly number[]): Counts {
    const counts = this.#all.map(() => 0);
    let best: { readonly counts: Counts; readonly score: number } | undefined;
    let idle = 0;
    for (let members = 0; members < mostMembers && idle < withoutGain; members++) {
      const scores = counts.map((_, at) => this.score(counts.with(at, (counts[at] ?? 0) + 1), parts));
      const at = this.#bestOf(scores);
      counts[at] = (counts[at] ?? 0) + 1;
      const score = scores[at] ?? Number.NaN;
      idle = best === undefined || this.#isBetter(score, best.score) ? 0 : idle + 1;
      if (idle === 0) best = { counts: [...counts], score };
    }
    return best?.counts ?? counts;
  }

  /** The solution that is best alone on these parts. */
  single(parts: readonly number[]): Counts {
    const none = this.#all.map(() => 0);
    return none.with(this.#bestOf(none.map((_, at) => this.score(none.with(at, 1), parts))), 1);
  }

  /** The mean over these parts. */
  score(counts: Counts, parts: readonly number[]): number {
    return mean(parts.map((part) => mean(this.blend(counts, part).map(scoreOf))));
  }

  /** What a blend predicts on one part, for each target. */
  blend(counts: Counts, part: number): readonly ComparedNumbers[] {
    const members = counts.reduce((sum, count) => sum + count, 0);
    return (this.#all[0]?.[part] ?? []).map((compared, target) =>
      blendedFrom(compared, this.#blending, this.#sum(counts, part, target), members),
    );
  }

  #sum(counts: Counts, part: number, target: number): Addends {
    let sum: Addends | undefined;
    counts.forEach((count, at) => {
      const own = this.#addends[at]?.[part]?.[target];
      if (count === 0 || own === undefined) return;
      const before = sum?.values;
      sum = { values: own.values.map((value, row) => (before?.[row] ?? 0) + count * value), columns: own.columns };
    });
    return sum ?? { values: new Float64Array(), columns: 1 };
  }

  #bestOf(scores: readonly number[]): number {
    return scores.reduce((best, score, at) => (this.#isBetter(score, scores[best] ?? Number.NaN) ? at : best), 0);
  }

  #isBetter(score: number, than: number): boolean {
    if (Number.isNaN(than)) return !Number.isNaN(score);
    return this.#direction === "maximize" ? score > than : score < than;
  }
}
