import { shortDigest, type History } from "@aide-ts/core";
import { branchOf, partAt, placeOf, sharedDepth, type Place } from "./place.ts";

/**
 * How what was done at one place stands to a solution at another of the same proposal: it came before it on its way (`own`); before it and beside its
 * way, as in a branch of an earlier fan-out, of which the log does not say what was taken up (`beside`); or neither.
 */
export type Relation = "own" | "beside" | "none";

/** What a run did, in the order in which it was begun. Order within a branch follows from numbers; against a fan-out it is looked up in the log. */
export class Timeline {
  readonly #effects: ReadonlyMap<string, number>;
  /** Branch → the first and the number within it of all that was done there. */
  readonly #branches = new Map<
    string,
    { readonly first: number; readonly done: { number: number; order: number }[] }
  >();

  constructor({ effects }: Pick<History, "effects">) {
    this.#effects = new Map([...effects.keys()].map((place, order) => [place, order]));
    for (const [text, order] of this.#effects) {
      const place = placeOf(text);
      if (place !== undefined) for (let depth = 0; depth <= place.path.length; depth++) this.#note(place, depth, order);
    }
  }

  /** When a script was first judged; nothing for one that never was. */
  judged(code: string): number | undefined {
    return this.#effects.get(`evaluate-${shortDigest(code)}`);
  }

  relation(earlier: Place, later: Place): Relation {
    if (earlier.proposal !== later.proposal) return "none";
    const depth = sharedDepth(earlier, later);
    const [mine, its] = [partAt(earlier, depth), partAt(later, depth)];
    if (mine.kind === "fan") return its.kind === "fan" && mine.fan >= its.fan ? "none" : "beside";
    const isBefore =
      its.kind === "call"
        ? mine.number < its.number
        : this.#orderOf(earlier) < (this.#branches.get(branchOf(later, depth + 1))?.first ?? Number.POSITIVE_INFINITY);
    if (!isBefore) return "none";
    return earlier.path.slice(depth).some((part) => part.includes(".")) ? "beside" : "own";
  }

  /** Solutions are no effects: one comes after all that was done in its branch under a lower number. */
  #orderOf(place: Place): number {
    const { done = [] } = this.#branches.get(branchOf(place, place.path.length)) ?? {};
    return done.reduce((last, { number, order }) => (number <= place.call ? Math.max(last, order) : last), -1);
  }

  #note(place: Place, depth: number, order: number): void {
    const branch = branchOf(place, depth);
    const known = this.#branches.get(branch) ?? { first: order, done: [] };
    const part = partAt(place, depth);
    if (part.kind === "call") known.done.push({ number: part.number, order });
    this.#branches.set(branch, known);
  }
}
