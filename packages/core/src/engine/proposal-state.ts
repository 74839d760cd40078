import {
  isStop,
  type AideError,
  type JournalView,
  type Json,
  type Proposal,
  type Solution,
  type Stop,
} from "@aide-ts/plugin";
import { callTooLate, stopSwallowed } from "../errors.ts";

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
  /** Rejects when the strategy goes on after it was stopped. */
  readonly givenUp: Promise<never>;
  readonly #giveUp: (error: AideError) => void;
  readonly #stops: Stop[] = [];
  #closed = false;

  constructor(proposal: Proposal, journal: JournalView, best: Solution | undefined) {
    this.proposal = proposal;
    this.journal = journal;
    this.best = best;
    const { promise, reject } = Promise.withResolvers<never>();
    promise.catch(() => undefined);
    this.givenUp = promise;
    this.#giveUp = reject;
  }

  /** Stops that calls met, whether or not the strategy let them pass. */
  get stops(): readonly Stop[] {
    return this.#stops;
  }

  /** The proposal has ended: a call that was not waited for has nowhere to go. */
  close(): void {
    this.#closed = true;
  }

  /** Passes a call on, and remembers a stop on its way back to the strategy. */
  async watch<T>(call: () => Promise<T>): Promise<T> {
    if (this.#closed) throw callTooLate();
    try {
      return await call();
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
