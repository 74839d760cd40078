import { Journal, seededRandom } from "@aide-ts/core";
import type { Ask, Outcome, Plugin, Proposal, Solution, SolutionId, Task } from "@aide-ts/plugin";

export interface Played {
  readonly steps: number;
  readonly seed?: number;
  readonly slots?: number;
  readonly direction?: Task["direction"];
  /** Running time of its script; nothing is run without. */
  readonly seconds?: (number: number) => number;
  /** Of what the proposal gives: `undefined` fails, "no-code" has no script, "cut" gives nothing. */
  readonly score: (proposal: Proposal, number: number) => Score;
  /** Sees each ask before it is under way. */
  readonly onAsk?: (moment: SearchState) => void;
}

export type Score = number | undefined | "no-code" | "cut";

export interface SearchState {
  readonly ask: Ask;
  readonly number: number;
  readonly outcomes: readonly Outcome[];
  readonly pending: readonly { readonly number: number; readonly proposal: Proposal }[];
}

export interface Searched {
  readonly asks: readonly Ask[];
  readonly proposals: readonly Proposal[];
  readonly outcomes: readonly Outcome[];
  solution(id: SolutionId): Solution | undefined;
}

export const outcomeOf = (number: number, proposal: Proposal, score: Score, seconds?: number): Outcome => {
  const base = { number, proposal, notes: {} };
  if (score === "cut") return { ...base, solutions: [], cut: "failure" };
  const chosen: Solution = {
    id: `${number}-0`,
    proposal: number,
    parents: proposal.parents,
    candidate: { plan: "", code: score === "no-code" ? "" : `x = ${number}` },
    ...(seconds === undefined ? {} : { execution: { id: "x", fate: "ok", output: "", seconds, artifacts: [] } }),
    evaluation:
      typeof score === "number"
        ? { valid: true, score: { value: score, source: "held-out" }, scores: [], feedback: "" }
        : { valid: false, cause: "exception", scores: [], feedback: "" },
  };
  return { ...base, solutions: [chosen], chosen };
};

/** Asks and tells as the engine does under the ordered schedule, until the steps or the search are done. */
export const searched = <O>(plugin: Plugin<"search", O>, options: O, played: Played): Searched => {
  const { steps, seed = 0, slots = 1, direction = "minimize", score, seconds, onAsk } = played;
  const search = plugin.create(options, undefined);
  const journal = new Journal({ goal: "", metric: "", direction });
  const asks: Ask[] = [];
  const proposals: Proposal[] = [];
  const pending: { readonly number: number; readonly proposal: Proposal }[] = [];
  const tell = () => {
    const next = pending.shift();
    if (next === undefined) return;
    const outcome = outcomeOf(next.number, next.proposal, score(next.proposal, next.number), seconds?.(next.number));
    journal.close(outcome);
    search.tell(outcome);
  };
  while (proposals.length < steps) {
    const number = proposals.length;
    const ask = search.ask(journal.view(), number, seededRandom(seed, "ask", number, journal.outcomes.length));
    onAsk?.({ ask, number, outcomes: journal.outcomes, pending });
    asks.push(ask);
    if (ask.kind === "done" || (ask.kind === "wait" && pending.length === 0)) break;
    if (ask.kind === "propose") {
      proposals.push(ask.proposal);
      pending.push({ number, proposal: ask.proposal });
      journal.open(number, ask.proposal);
    }
    if (ask.kind === "wait" || pending.length >= slots) tell();
  }
  while (pending.length > 0) tell();
  return { asks, proposals, outcomes: journal.outcomes, solution: (id) => journal.view().solution(id) };
};
