import {
  AideError,
  isStop,
  Stop,
  type Ask,
  type Backend,
  type Evaluator,
  type Executor,
  type Message,
  type Outcome,
  type Proposal,
  type Search,
  type Solve,
  type Strategy,
  type Task,
} from "@aide-ts/plugin";
import { Budget, type Limits } from "../budget/budget.ts";
import type { EventLog } from "../events/event-log.ts";
import type { History, PastTurn } from "../events/history.ts";
import { digest } from "../hashing/digest.ts";
import { seededRandom } from "../hashing/random.ts";
import { Journal } from "../journal/journal.ts";
import { Branch } from "./branch.ts";
import type { Clock } from "./clock.ts";
import { Effects } from "./effects.ts";
import { Evaluations } from "./evaluate.ts";
import type { GenerationDefaults, Generator } from "./generate.ts";
import type { Observer } from "./observer.ts";
import { bestOf, outcomeOf } from "./outcome.ts";
import { BranchWork, evaluatorLab, type Desk, type Workshop } from "./work.ts";

export interface EngineSetup {
  readonly task: Task;
  readonly seed: number;
  readonly slots: number;
  /** `ordered`: proposal n is asked after outcome n − slots is told, so a seed repeats a run. `eager`: as soon as a slot is free. */
  readonly schedule: "ordered" | "eager";
  readonly limits: Limits;
  /** Outermost first. */
  readonly strategies: readonly { readonly name: string; readonly strategy: Strategy }[];
  readonly coder: Solve;
  readonly search: Search;
  readonly backend: (role: string) => Backend;
  readonly generationDefaults: (role: string) => GenerationDefaults;
  readonly has: Generator["has"];
  readonly executor: Executor;
  readonly evaluators: readonly Evaluator[];
  readonly prompt: (template: string, slots: Readonly<Record<string, string>>) => readonly Message[];
  readonly log: EventLog;
  readonly past: History;
  readonly clock: Clock;
  readonly observe: Observer;
  /** The user's stop. What is in flight is left open in the log and done again on resume. */
  readonly signal: AbortSignal;
  readonly retries: number;
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

export type Ending =
  | { readonly reason: "steps" | "budget" | "search-done"; readonly message: string }
  | { readonly reason: "user" | "divergence" | "failure"; readonly message: string; readonly error: unknown };

export interface Ran {
  readonly journal: Journal;
  readonly budget: Budget;
  readonly ending: Ending;
  /** Running time over all resumptions, in milliseconds. */
  readonly elapsed: number;
}

/** Outcomes in a row that end in a failed transport or a thrown bug before the run gives up. */
const failuresInARow = 5;

/** Runs a search to its end, going on from what the log already holds. */
export const runEngine = async (setup: EngineSetup): Promise<Ran> => {
  const engine = new Engine(setup);
  return engine.run();
};

class Engine {
  readonly #setup: EngineSetup;
  readonly #journal: Journal;
  readonly #budget: Budget;
  readonly #shop: Workshop;
  readonly #solve: (proposal: Proposal, work: BranchWork) => ReturnType<Solve>;
  readonly #turns: readonly PastTurn[];
  readonly #timeUp = new AbortController();
  readonly #started: number;
  readonly #running = new Map<number, Promise<Ended>>();
  #turn = 0;
  #over = false;
  #failures = 0;

  constructor(setup: EngineSetup) {
    this.#setup = setup;
    this.#started = setup.clock.now();
    this.#turns = setup.past.turns;
    this.#journal = new Journal(setup.task);
    this.#budget = new Budget(setup.limits);
    const effects = new Effects({
      log: setup.log,
      past: setup.past,
      elapsed: () => this.#elapsed(),
      isOver: () => this.#over || setup.signal.aborted,
    });
    const signal = AbortSignal.any([setup.signal, this.#timeUp.signal]);
    const shared = {
      ...setup,
      effects,
      budget: this.#budget,
      signal,
      defaults: setup.generationDefaults,
      elapsed: () => this.#elapsed(),
    };
    const evaluations = new Evaluations({
      ...shared,
      lab: (hash) =>
        evaluatorLab(this.#shop, Branch.root(setup.seed, Number.parseInt(digest(hash).slice(0, 8), 16)), hash),
    });
    this.#shop = { ...shared, evaluations };
    this.#solve = compose(setup.strategies, setup.coder);
  }

  async run(): Promise<Ran> {
    const left = (this.#setup.limits.seconds ?? Number.POSITIVE_INFINITY) * 1000 - this.#elapsed();
    const timer = Number.isFinite(left)
      ? setTimeout(() => this.#timeIsUp(), Math.min(Math.max(0, left), 2 ** 31 - 1))
      : undefined;
    try {
      const ending = await this.#loop().catch((error: unknown) => this.#ended(error));
      this.#over = true;
      await Promise.allSettled(this.#running.values());
      return { journal: this.#journal, budget: this.#budget, ending, elapsed: this.#elapsed() };
    } finally {
      clearTimeout(timer);
    }
  }

  async #loop(): Promise<Ending> {
    const { limits } = this.#setup;
    const steps = limits.steps ?? Number.POSITIVE_INFINITY;
    let number = 0;
    let done: string | undefined;
    for (;;) {
      let waiting = false;
      while (!waiting && done === undefined && number < steps && this.#mayAsk(number) && !this.#exhausted()) {
        const ask = this.#ask(number);
        if (ask.kind === "done") done = ask.reason;
        else if (ask.kind === "wait") {
          if (this.#running.size === 0) throw waitsForNothing();
          waiting = true;
        } else this.#start(number++, ask.proposal);
      }
      if (this.#running.size === 0) break;
      const next = await this.#next();
      this.#running.delete(next.outcome.number);
      this.#tell(next);
    }
    if (done !== undefined) return { reason: "search-done", message: done };
    if (number >= steps) return { reason: "steps", message: `All ${steps} steps are done.` };
    return { reason: "budget", message: "The budget is used up." };
  }

  /** On resume the logged order of asks and tells is followed; after it, the schedule's. */
  #mayAsk(number: number): boolean {
    const { slots, schedule } = this.#setup;
    const turn = this.#turns[this.#turn];
    if (turn !== undefined) return turn.kind === "asked";
    return this.#running.size < slots && (schedule === "eager" || number - this.#journal.outcomes.length < slots);
  }

  async #next(): Promise<Ended> {
    const turn = this.#turns[this.#turn];
    const wanted =
      turn?.kind === "told"
        ? turn.number
        : this.#setup.schedule === "ordered"
          ? this.#journal.outcomes.length
          : undefined;
    const awaited = wanted === undefined ? Promise.race(this.#running.values()) : this.#running.get(wanted);
    if (awaited === undefined) throw new Stop("divergence", `The log tells outcome ${wanted}, which is not under way.`);
    return awaited;
  }

  #ask(number: number): Ask {
    const seen = this.#journal.outcomes.length;
    const ask = this.#setup.search.ask(
      this.#journal.view(),
      number,
      seededRandom(this.#setup.seed, "ask", number, seen),
    );
    const turn = this.#turns[this.#turn];
    if (turn === undefined) {
      this.#setup.log.append({ type: "asked", at: this.#elapsed(), number, seen, ask });
    } else if (turn.kind !== "asked" || digest(turn.ask) !== digest(ask)) {
      throw new Stop("divergence", `The search asks for another proposal ${number} than the log holds.`, {
        cause: { logged: turn, now: ask },
      });
    } else this.#turn++;
    if (ask.kind === "propose") this.#setup.observe({ kind: "asked", number, proposal: ask.proposal });
    return ask;
  }

  #start(number: number, proposal: Proposal): void {
    const journal = this.#journal.view();
    this.#journal.open(number, proposal);
    const running = this.#proceed(number, { proposal, journal, solutions: new Map(), notes: [] });
    running.catch(() => undefined);
    this.#running.set(number, running);
  }

  async #proceed(number: number, desk: Desk): Promise<Ended> {
    const work = new BranchWork(this.#shop, desk, Branch.root(this.#setup.seed, number), [], "coder");
    try {
      const chosen = await work.evaluate(await this.#solve(desk.proposal, work));
      return { outcome: outcomeOf(number, desk, { chosen: desk.solutions.get(chosen.id) ?? chosen }) };
    } catch (error) {
      if (isStop(error) && error.reason !== "budget") throw error;
      if (isFatal(error)) throw error;
      const chosen = bestOf(this.#setup.task, [...desk.solutions.values()]);
      const cut = isStop(error) ? "budget" : "failure";
      return { outcome: outcomeOf(number, desk, { cut, ...(chosen === undefined ? {} : { chosen }) }), error };
    }
  }

  #tell({ outcome, error }: Ended): void {
    const replayed = this.#turns[this.#turn] !== undefined;
    this.#journal.close(outcome);
    if (replayed) this.#turn++;
    else {
      this.#setup.log.append({
        type: "told",
        at: this.#elapsed(),
        number: outcome.number,
        outcome: {
          ...(outcome.chosen === undefined ? {} : { chosen: outcome.chosen.id }),
          ...(outcome.cut === undefined ? {} : { cut: outcome.cut }),
          ...(outcome.cut === "failure" ? { failure: String(error) } : {}),
          solutions: outcome.solutions.map(({ id, parents, candidate: { code, plan } }) => ({
            id,
            parents,
            code,
            plan,
          })),
          notes: outcome.notes,
        },
      });
    }
    this.#setup.search.tell(outcome);
    this.#setup.observe({ kind: "told", outcome, replayed, error });
    this.#failures = outcome.cut === "failure" ? this.#failures + 1 : 0;
    if (this.#failures >= failuresInARow) throw error;
  }

  #exhausted(): boolean {
    if (this.#turns[this.#turn] !== undefined) return false;
    return this.#budget.isGone("tokens") || this.#budget.isGone("seconds") || this.#budget.isGone("executions");
  }

  #timeIsUp(): void {
    this.#budget.latch("seconds");
    this.#timeUp.abort(new Stop("budget", "The time of the run is used up."));
  }

  #elapsed(): number {
    return Math.round(this.#setup.past.elapsed + this.#setup.clock.now() - this.#started);
  }

  #ended(error: unknown): Ending {
    if (this.#setup.signal.aborted) return { reason: "user", message: "Stopped by the user.", error };
    if (isStop(error) && error.reason === "divergence") return { reason: "divergence", message: error.message, error };
    return { reason: "failure", message: error instanceof Error ? error.message : String(error), error };
  }
}

interface Ended {
  readonly outcome: Outcome;
  readonly error?: unknown;
}

const compose = (
  strategies: EngineSetup["strategies"],
  coder: Solve,
): ((proposal: Proposal, work: BranchWork) => ReturnType<Solve>) => {
  const solve = strategies.reduceRight<Solve>((next, { name, strategy }) => {
    const inner = strategy(next);
    return (proposal, work) => inner(proposal, work instanceof BranchWork ? work.named(name) : work);
  }, coder);
  return solve;
};

/** Errors that no other proposal can escape: an unreachable backend, a full disk, no Python. */
const isFatal = (error: unknown): boolean =>
  AideError.is(error) && (error.fault === "user" || error.code === "AIDE_BACKEND_UNREACHABLE");

const waitsForNothing = (): AideError =>
  new AideError({
    code: "AIDE_SEARCH_STUCK",
    message: "The search waits, but nothing is under way.",
    fix: "Report it to the author of the search plugin: `wait` is only allowed while a proposal is pending.",
    fault: "plugin",
  });
