import type { Solution } from "@aide-ts/plugin";
import { holdsScript, type ModelCall } from "./model-call.ts";
import { placeOf, type Place } from "./place.ts";
import type { Timeline } from "./timeline.ts";

interface Placed<T> {
  readonly at: Place;
  readonly one: T;
}

/** The calls of a run that led to each of its solutions, as far as its log tells. */
export class CallsBehind {
  readonly #timeline: Timeline;
  readonly #calls: ReadonlyMap<number, readonly Placed<ModelCall>[]>;
  readonly #solutions: ReadonlyMap<number, readonly Placed<Solution>[]>;
  readonly #byId: ReadonlyMap<string, Solution>;

  constructor(timeline: Timeline, calls: readonly ModelCall[], solutions: readonly Solution[]) {
    this.#timeline = timeline;
    this.#calls = byProposal(calls, ({ place }) => place);
    this.#solutions = byProposal(solutions, ({ id }) => id);
    this.#byId = new Map(solutions.map((solution) => [solution.id, solution]));
  }

  /**
   * The calls of the solution's own proposal, in its branch and those around it, before it and after every other solution on that way: what led to
   * another script first, led to that one. Of calls beside that way, as of further candidates, only one whose answer holds the very script.
   */
  of(solution: Solution): readonly ModelCall[] {
    const at = placeOf(solution.id);
    if (at === undefined) return [];
    const earlier = this.#earlier(solution, at);
    return (this.#calls.get(at.proposal) ?? []).flatMap(({ at: called, one: call }) => {
      const relation = this.#timeline.relation(called, at);
      const isBehind = relation === "own" || (relation === "beside" && this.#isSource(call, solution));
      const ledElsewhere = earlier.some((other) => this.#timeline.relation(called, other) !== "none");
      return isBehind && !ledElsewhere ? [call] : [];
    });
  }

  /** Places of other scripts on the way to a solution: of those it was made from, and of those judged before it in its branch or one around. */
  #earlier(solution: Solution, at: Place): readonly Place[] {
    const from = this.#ancestors(solution);
    return (this.#solutions.get(at.proposal) ?? []).flatMap(({ at: other, one }) =>
      one.candidate.code !== solution.candidate.code &&
      (from.has(one.id) || this.#timeline.relation(other, at) === "own")
        ? [other]
        : [],
    );
  }

  #ancestors(solution: Solution): ReadonlySet<string> {
    const found = new Set<string>();
    for (let id = solution.parents[0]; id !== undefined && !found.has(id); id = this.#byId.get(id)?.parents[0])
      found.add(id);
    return found;
  }

  #isSource(call: ModelCall, { candidate: { code } }: Solution): boolean {
    return call.order < (this.#timeline.judged(code) ?? -1) && holdsScript(call, code);
  }
}

const byProposal = <T>(all: readonly T[], placeIn: (one: T) => string): ReadonlyMap<number, readonly Placed<T>[]> =>
  Map.groupBy(
    all.flatMap((one) => {
      const at = placeOf(placeIn(one));
      return at === undefined ? [] : [{ at, one }];
    }),
    ({ at }) => at.proposal,
  );
