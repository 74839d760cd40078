import {
  isStop,
  Stop,
  type Ask,
  type Backend,
  type Candidate,
  type Evaluator,
  type Executor,
  type Guidance,
  type Message,
  type Outcome,
  type Proposal,
  type Search,
  type Solution,
  type Solve,
  type Task,
} from "@aide-ts/plugin";
import { Budget } from "../budget/budget.ts";
import type { Limits, Price } from "../budget/limits.ts";
import type { Log } from "../events/event-log.ts";
import type { History } from "../events/history.ts";
import { digest } from "../hashing/digest.ts";
import { seededRandom } from "../hashing/random.ts";
import { Journal } from "../journal/journal.ts";
import { Branch } from "./branch.ts";
import { chain, type NamedStrategy } from "./chain.ts";
import type { Clock } from "./clock.ts";
import { ProposalState } from "./proposal-state.ts";
import { Effects, isBeyondLog } from "./effects.ts";
import { endedBy, endsRun, stepsDone, usedUp, type Ending } from "./ending.ts";
import { searchStuck } from "../errors/engine.ts";
import { standardPatience } from "../plugins/guard/hook.ts";
import { Evaluations } from "./evaluate.ts";
import type { GenerationDefaults, Generator } from "./generate.ts";
import type { Observer } from "./observer.ts";
import { bestOf, outcomeOf } from "./outcome.ts";
import { ScheduleReplay } from "./schedule-replay.ts";
import { BranchWork, evaluatorLab, type RunContext } from "./work.ts";

export interface EngineSetup {
  readonly task: Task;
  readonly seed: number;
  readonly slots: number;
  /** `ordered`: proposal n is asked after outcome n − slots is told, so a seed repeats a run. `eager`: as soon as a slot is free. */
  readonly schedule: "ordered" | "eager";
  readonly limits: Limits;
  /** What the model of a role costs, where that is known. */
  readonly priceOf: (role: string) => Price | undefined;
  /** Outermost first. */
  readonly strategies: readonly NamedStrategy[];
  readonly coder: Solve;
  readonly search: Search;
  /** Told to the search as the result of proposal 0, in place of what the strategies would make of it. */
  readonly first?: Candidate | undefined;
  readonly backend: (role: string) => Backend;
  readonly generationDefaults: (role: string) => GenerationDefaults;
  readonly has: Generator["has"];
  readonly promptOverrides: Generator["promptOverrides"];
  readonly executor: Executor;
  readonly evaluators: readonly Evaluator[];
  readonly prompt: (template: string, slots: Readonly<Record<string, string>>) => readonly Message[];
  /** The user's hints now: the next proposals carry them as guidance. */
  readonly hints: () => readonly string[];
  readonly log: Log;
  readonly past: History;
  /** Follows the log to its end and performs nothing. */
  readonly offline: boolean;
  readonly clock: Clock;
  readonly observe: Observer;
  /** The user's stop. What is in flight is left open in the log and done again on resume. */
  readonly signal: AbortSignal;
  readonly retries: number;
  /** Milliseconds that a strategy may take with nothing under way; half an hour without. */
  readonly patience?: number | undefined;
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

export interface Ran {
  readonly journal: Journal;
  readonly budget: Budget;
  readonly ending: Ending;
  /** Running time over all resumptions, in milliseconds. */
  readonly elapsed: number;
}

/** Outcomes in a row that end in a failed transport or a thrown bug before the run gives up. */
const failuresInARow = 5;

/** Milliseconds; a timer of more fires at once. */
const longestTimer = 2 ** 31 - 1;

/** Runs a search to its end, going on from what the log already holds. */
export const runEngine = async (setup: EngineSetup): Promise<Ran> => new Engine(setup).run();

class Engine {
  readonly #setup: EngineSetup;
  readonly #journal: Journal;
  readonly #budget: Budget;
  readonly #schedule: ScheduleReplay;
  readonly #context: RunContext;
  readonly #solve: ReturnType<typeof chain>;
  /** Stops what is under way: time is gone, or the run has failed. */
  readonly #halt = new AbortController();
  readonly #started: number;
  readonly #running = new Map<number, Promise<Ended>>();
  /** What ends the run, as soon as it is known, and how the loop is notified of it while it waits. */
  #fatal: { readonly error: unknown } | undefined;
  #fail: (error: unknown) => void = () => undefined;
  #over = false;
  #failures = 0;

  constructor(setup: EngineSetup) {
    this.#setup = setup;
    this.#started = setup.clock.now();
    this.#journal = new Journal(setup.task);
    this.#budget = new Budget(setup.limits, setup.priceOf, setup.past);
    const elapsed = () => this.#elapsed();
    this.#schedule = new ScheduleReplay({ past: setup.past.schedule, log: setup.log, elapsed });
    const effects = new Effects({ ...setup, elapsed, isOver: () => this.#over || setup.signal.aborted });
    const signal = AbortSignal.any([setup.signal, this.#halt.signal]);
    const shared = { ...setup, effects, budget: this.#budget, signal, defaults: setup.generationDefaults, elapsed };
    const evaluations = new Evaluations({
      ...shared,
      lab: (hash) =>
        evaluatorLab(this.#context, Branch.root(setup.seed, Number.parseInt(digest(hash).slice(0, 8), 16)), hash),
    });
    this.#context = { ...shared, evaluations };
    this.#solve = chain(setup.strategies, setup.coder);
  }

  async run(): Promise<Ran> {
    const left = (this.#setup.limits.seconds ?? Number.POSITIVE_INFINITY) * 1000 - this.#elapsed();
    if (left <= 0 && !this.#setup.offline) this.#timeIsUp();
    const timer = left > 0 && left <= longestTimer ? setTimeout(() => this.#timeIsUp(), left) : undefined;
    try {
      const ending = await this.#loop().catch((error: unknown) => endedBy(error, this.#setup.signal));
      this.#over = true;
      this.#halt.abort(new Stop("failure", "The run has ended."));
      if (ending.reason !== "log-end") await Promise.allSettled(this.#running.values());
      return { journal: this.#journal, budget: this.#budget, ending, elapsed: this.#elapsed() };
    } finally {
      clearTimeout(timer);
    }
  }

  async #loop(): Promise<Ending> {
    const steps = this.#setup.limits.steps ?? Number.POSITIVE_INFINITY;
    let number = 0;
    let done: string | undefined;
    for (;;) {
      let waiting = false;
      while (!waiting && done === undefined && this.#mayAsk(number, steps)) {
        const ask = this.#ask(number);
        if (ask.kind === "done") done = ask.reason;
        else if (ask.kind === "wait") {
          if (this.#running.size === 0) throw searchStuck();
          waiting = true;
        } else this.#start(number++, ask.proposal);
      }
      if (this.#running.size === 0) break;
      if (this.#setup.offline && this.#schedule.next === undefined) break;
      const next = await this.#next();
      this.#running.delete(next.outcome.number);
      this.#tell(next);
    }
    if (this.#setup.offline) return { reason: "log-end", message: "The log ends here." };
    if (done !== undefined) return { reason: "search-done", message: done };
    return number >= steps ? stepsDone(steps) : usedUp(this.#budget);
  }

  /** On resume the logged order of asks and tells is followed; after it, a proposal is asked when one was told, within the budget. */
  #mayAsk(number: number, steps: number): boolean {
    const { slots, offline } = this.#setup;
    const { next } = this.#schedule;
    if (next !== undefined) return next.kind !== "told";
    if (offline || number >= steps || this.#budget.gone.length > 0) return false;
    return this.#running.size < slots;
  }

  async #next(): Promise<Ended> {
    if (this.#fatal !== undefined) throw this.#fatal.error;
    const { next } = this.#schedule;
    const wanted =
      next?.kind === "told"
        ? next.number
        : this.#setup.schedule === "ordered"
          ? this.#journal.outcomes.length
          : undefined;
    const awaited = wanted === undefined ? Promise.race(this.#running.values()) : this.#running.get(wanted);
    if (awaited === undefined) throw new Stop("divergence", `The log tells outcome ${wanted}, which is not under way.`);
    return new Promise((resolve, reject) => {
      this.#fail = reject;
      awaited.then(resolve, reject);
    });
  }

  #ask(number: number): Ask {
    const hints = this.#schedule.hints(this.#setup.hints);
    const seen = this.#journal.outcomes.length;
    const random = seededRandom(this.#setup.seed, "ask", number, seen);
    const ask = withHints(this.#setup.search.ask(this.#journal.view(), number, random), hints);
    this.#schedule.asked(number, seen, ask);
    if (ask.kind === "propose") this.#setup.observe({ kind: "asked", number, proposal: ask.proposal });
    return ask;
  }

  #start(number: number, proposal: Proposal): void {
    const state = new ProposalState(
      proposal,
      this.#journal.view(),
      this.#journal.best,
      this.#setup.patience ?? standardPatience.idle,
    );
    this.#journal.open(number, proposal);
    const running = this.#proceed(number, state);
    // What ends the run ends it now, not when this proposal's turn comes.
    running.catch((error: unknown) => {
      this.#fatal ??= { error };
      this.#fail(error);
    });
    this.#running.set(number, running);
  }

  async #proceed(number: number, state: ProposalState): Promise<Ended> {
    const { task, offline } = this.#setup;
    const end = await this.#solved(number, state);
    state.close();
    const isOver = end.error !== undefined && (endsRun(end.error) || this.#setup.signal.aborted);
    const fatal = state.stops.find(endsRun) ?? (isOver ? end.error : undefined);
    if (fatal !== undefined) {
      if (offline && isBeyondLog(fatal) && !this.#schedule.wasTold(number)) return new Promise(() => undefined);
      throw fatal;
    }
    const chosen = end.chosen ?? bestOf(task, [...state.solutions.values()]);
    const stopped = state.stops.length > 0 || isStop(end.error);
    const cut = stopped ? "budget" : end.error === undefined ? undefined : "failure";
    const outcome = outcomeOf(number, state, {
      ...(chosen === undefined ? {} : { chosen }),
      ...(cut === undefined ? {} : { cut }),
    });
    return { outcome, error: end.error };
  }

  async #solved(
    number: number,
    state: ProposalState,
  ): Promise<{ readonly chosen?: Solution; readonly error?: unknown }> {
    const { first } = this.#setup;
    const work = new BranchWork(this.#context, state, Branch.root(this.#setup.seed, number), [], "coder");
    const solving = async () => {
      const candidate = number === 0 && first !== undefined ? first : await this.#solve(state.proposal, work);
      const chosen = await work.evaluate(candidate);
      return { chosen: state.solutions.get(chosen.id) ?? chosen };
    };
    return Promise.race([solving(), state.givenUp]).catch((error: unknown) => ({ error }));
  }

  #tell({ outcome, error }: Ended): void {
    this.#journal.close(outcome);
    const replayed = this.#schedule.told(outcome, error);
    this.#setup.search.tell(outcome);
    this.#setup.observe({ kind: "told", outcome, replayed, error });
    this.#failures = outcome.cut === "failure" ? this.#failures + 1 : 0;
    if (this.#failures >= failuresInARow) throw error;
  }

  #timeIsUp(): void {
    this.#halt.abort(this.#budget.latch("time"));
  }

  #elapsed(): number {
    return Math.round(this.#setup.past.elapsed + this.#setup.clock.now() - this.#started);
  }
}

interface Ended {
  readonly outcome: Outcome;
  readonly error?: unknown;
}

const withHints = (ask: Ask, hints: readonly string[]): Ask => {
  if (ask.kind !== "propose" || hints.length === 0) return ask;
  const guidance = hints.map((text): Guidance => ({ from: "user", title: "A hint", text }));
  return { kind: "propose", proposal: { ...ask.proposal, guidance: [...ask.proposal.guidance, ...guidance] } };
};
