import { isMissing } from "@aide-ts/core";

/** More distinct labels than this are no classes: the rows are chosen from all alike. */
const mostClasses = 20;

/** Counts the labels of a table of any size: rows with a label, and how many have each, while there are few enough to be classes. */
export class LabelCensus {
  readonly #counts = new Map<string, number>();
  #labelled = 0;

  add(values: readonly string[]): void {
    const label = labelOf(values);
    if (label === undefined) return;
    this.#labelled++;
    if (this.#counts.size <= mostClasses) this.#counts.set(label, (this.#counts.get(label) ?? 0) + 1);
  }

  get labelled(): number {
    return this.#labelled;
  }

  /** Rows by label; `undefined` where the labels are too many to be classes. */
  get classes(): ReadonlyMap<string, number> | undefined {
    return this.#counts.size <= mostClasses ? this.#counts : undefined;
  }
}

/** The label by which a row is counted, its first target's; `undefined` for a row without one. */
export const labelOf = (values: readonly string[]): string | undefined =>
  values.some(isMissing) ? undefined : (values[0] ?? "");
