import {
  isStop,
  type AideError,
  type JournalView,
  type Json,
  type Proposal,
  type Solution,
  type Stop,
} from "@aide-ts/plugin";
import { callTooLate, stopSwallowed } from "../errors/engine.ts";
import { pluginSilent } from "../errors/plugins.ts";
import { IdleWatch } from "./idle-watch.ts";

/** Refusals that one proposal may meet before its strategy is taken to try for ever. */
const mostRefusals = 1000;

/** What one proposal gathers while its strategies work. */
export class ProposalState {
  readonly proposal: Proposal;
  readonly journal: JournalView;
  /** The best that was known when it was asked for. */
  readonly best: Solution | undefined;
  readonly solutions = new Map<string, Solution>();
  readonly notes: { readonly place: string; readonly plugin: string; readonly data: Json }[] = [];
  /** Rejects when the strategy goes on after it was stopped, and when nothing is under way that it could still be waiting for. */
  readonly givenUp: Promise<never>;
  readonly #idle: IdleWatch;
  /** Strategies that were asked and have not answered, the innermost last. */
  readonly #asked: string[] = [];
  readonly #giveUp: (error: AideError) => void;
  readonly #stops: Stop[] = [];
  #closed = false;

  /** @param patience milliseconds that a strategy may take without asking for anything */
  constructor(proposal: Proposal, journal: JournalView, best: Solution | undefined, patience: number) {
    this.proposal = proposal;
    this.journal = journal;
    this.best = best;
    const { promise, reject } = Promise.withResolvers<never>();
    this.#idle = new IdleWatch(patience, () =>
      pluginSilent({ kind: "strategy", plugin: this.#asked.at(-1) ?? "", hook: "solve" }, patience, "idle"),
    );
    this.givenUp = Promise.race([promise, this.#idle.tooLong]);
    this.givenUp.catch(() => undefined);
    this.#giveUp = reject;
  }

  /** Stops that calls met, whether or not the strategy let them pass. */
  get stops(): readonly Stop[] {
    return this.#stops;
  }

  /** The proposal has ended: a call that was not waited for has nowhere to go. */
  close(): void {
    this.#closed = true;
    this.#idle[Symbol.dispose]();
  }

  /** Asks a strategy, under whose name the time is counted in which nothing is under way. */
  async asking<T>(strategy: string, solve: () => Promise<T>): Promise<T> {
    this.#asked.push(strategy);
    try {
      return await solve();
    } finally {
      this.#asked.splice(this.#asked.lastIndexOf(strategy), 1);
    }
  }

  /** Passes a call on, and remembers a stop on its way back to the strategy. */
  async watch<T>(call: () => Promise<T>): Promise<T> {
    if (this.#closed) throw callTooLate();
    try {
      return await this.#idle.during(call);
    } catch (error) {
      if (!isStop(error)) throw error;
      if (this.#stops.push(error) > mostRefusals) {
        this.#giveUp(stopSwallowed(mostRefusals));
        await new Promise<never>(() => undefined);
      }
      throw error;
    }
  }
}
