import { Stop, type Ask, type Outcome } from "@aide-ts/plugin";
import type { LoggedOutcome } from "../events/event.ts";
import type { Log } from "../events/event-log.ts";
import type { ScheduleEntry } from "../events/history.ts";
import { digest } from "../hashing/digest.ts";
import type { Divergence } from "./effects.ts";

export interface ScheduleReplayOptions {
  readonly past: readonly ScheduleEntry[];
  readonly log: Log;
  readonly elapsed: () => number;
}

/** Asks, tells and hints in their order: compared with the log's as long as it goes, and appended to it after that. */
export class ScheduleReplay {
  readonly #options: ScheduleReplayOptions;
  readonly #told: ReadonlySet<number>;
  #at = 0;
  #hints: readonly string[] = [];

  constructor(options: ScheduleReplayOptions) {
    this.#options = options;
    this.#told = new Set(options.past.flatMap((entry) => (entry.kind === "told" ? [entry.number] : [])));
  }

  /** What the log says came next; `undefined` once it has been followed to its end. */
  get next(): ScheduleEntry | undefined {
    return this.#options.past[this.#at];
  }

  /** Whether the log holds how this proposal ended. */
  wasTold(number: number): boolean {
    return this.#told.has(number);
  }

  /** The hints that the next proposal carries. `given`: those of the user now, which count once the log is at its end. */
  hints(given: () => readonly string[]): readonly string[] {
    for (let entry = this.next; entry?.kind === "hinted"; entry = this.next) {
      this.#hints = entry.hints;
      this.#at++;
    }
    if (this.next !== undefined) return this.#hints;
    const hints = this.#options.log.asLogged(given());
    if (digest(hints) !== digest(this.#hints)) {
      this.#options.log.append({ type: "hinted", at: this.#options.elapsed(), hints });
      this.#hints = hints;
    }
    return this.#hints;
  }

  asked(number: number, seen: number, ask: Ask): void {
    const entry = this.next;
    if (entry === undefined) {
      this.#options.log.append({ type: "asked", at: this.#options.elapsed(), number, seen, ask });
      return;
    }
    if (entry.kind !== "asked" || digest(entry.ask) !== digest(ask)) {
      throw new Stop("divergence", `The search asks for another proposal ${number} than the log holds.`, {
        cause: {
          place: String(number),
          logged: entry.kind === "asked" ? { ask: json(entry.ask) } : undefined,
          now: { ask: json(ask) },
        } satisfies Divergence,
      });
    }
    this.#at++;
  }

  /** Whether the outcome came from the log. */
  told(outcome: Outcome, error: unknown): boolean {
    const entry = this.next;
    const kept = loggedOutcome(outcome, error);
    if (entry === undefined) {
      this.#options.log.append({ type: "told", at: this.#options.elapsed(), number: outcome.number, outcome: kept });
      return false;
    }
    if (entry.kind !== "told" || digest(comparable(entry.outcome)) !== digest(comparable(kept))) {
      throw new Stop("divergence", `Proposal ${outcome.number} ends otherwise than the log holds.`, {
        cause: {
          place: String(outcome.number),
          logged: entry.kind === "told" ? { outcome: json(entry.outcome) } : undefined,
          now: { outcome: json(kept) },
        } satisfies Divergence,
      });
    }
    this.#at++;
    return true;
  }
}

const loggedOutcome = (outcome: Outcome, error: unknown): LoggedOutcome => ({
  ...(outcome.chosen === undefined ? {} : { chosen: outcome.chosen.id }),
  ...(outcome.cut === undefined ? {} : { cut: outcome.cut }),
  ...(outcome.cut === "failure" ? { failure: String(error) } : {}),
  solutions: outcome.solutions.map(({ id, parents, candidate: { code, plan, defect, seen } }) => ({
    id,
    parents,
    code,
    plan,
    ...(defect === undefined ? {} : { defect }),
    ...(seen === undefined ? {} : { seen }),
  })),
  notes: json(outcome.notes),
});

/** An error's text may differ from machine to machine, and the description of an answer without code from version to version. */
const comparable = ({ failure: _failure, ...outcome }: LoggedOutcome): LoggedOutcome => ({
  ...outcome,
  solutions: outcome.solutions.map(({ seen: _seen, ...solution }) => solution),
});

const json = (value: unknown) => JSON.parse(JSON.stringify(value));
