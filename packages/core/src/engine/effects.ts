import { AideError, isStop, Stop, type Usage } from "@aide-ts/plugin";
import { Exhausted } from "../budget/budget.ts";
import type { EffectDetails, EffectKind, ReachedLimit } from "../events/event.ts";
import type { Log } from "../events/event-log.ts";
import type { History, PastEffect } from "../events/history.ts";

export interface Effect<T> {
  readonly place: string;
  readonly kind: EffectKind;
  /** Compared with the log's: another hash at the same place is a divergence. */
  readonly hash: string;
  readonly details: () => EffectDetails;
  readonly perform: () => Promise<{ readonly value: T; readonly spent?: Usage }>;
}

export interface EffectsOptions {
  readonly log: Log;
  readonly past: History;
  readonly elapsed: () => number;
  /** The process is shutting down: nothing more may be logged. */
  readonly isOver: () => boolean;
  /** Nothing is performed: an effect that the log does not hold is a divergence. */
  readonly offline: boolean;
}

/** Durable execution: an effect that the log holds is answered from it, any other is performed and logged. */
export class Effects {
  readonly #options: EffectsOptions;

  constructor(options: EffectsOptions) {
    this.#options = options;
  }

  async run<T>(effect: Effect<T>): Promise<T> {
    const { log, past, offline } = this.#options;
    const known = past.effects.get(effect.place);
    if (known !== undefined) {
      if (known.hash !== effect.hash || known.kind !== effect.kind) throw diverged(effect, known);
      // The one cast of the log: the value was written by this same effect, with this same hash.
      if (known.end === "ended") return known.value as T;
      if (known.end === "failed")
        throw new AideError({ ...known.error, code: codeOf(known.error.code), fault: "backend" });
      if (known.end === "cut") throw new Stop("budget", known.reason);
    }
    if (offline) throw beyondLog(effect);
    this.#stopIfOver();
    const { place, kind, hash } = effect;
    log.append({ type: "effect-started", at: this.#at(), place, kind, hash, details: effect.details() });
    try {
      const { value, spent } = await effect.perform();
      this.#stopIfOver();
      const kept = log.asLogged(value);
      log.append({
        type: "effect-ended",
        at: this.#at(),
        place,
        value: kept,
        ...(spent === undefined ? {} : { spent }),
      });
      return kept;
    } catch (error) {
      this.#stopIfOver();
      this.#close(place, error);
      throw error;
    }
  }

  #at(): number {
    return this.#options.elapsed();
  }

  #close(place: string, error: unknown): void {
    const { log } = this.#options;
    const at = this.#at();
    if (error instanceof Stop) {
      if (error.reason === "budget")
        log.append({ type: "effect-cut", at, place, reason: error.message, ...detailsOf(error) });
    } else if (AideError.is(error) && error.fault === "backend" && error.code !== "AIDE_BACKEND_UNREACHABLE") {
      log.append({
        type: "effect-failed",
        at,
        place,
        error: { code: error.code, message: error.message, fix: error.fix },
        ...(error.spent === undefined ? {} : { spent: error.spent }),
      });
    }
  }

  #stopIfOver(): void {
    if (this.#options.isOver()) throw new Stop("user", "The run is being stopped.");
  }
}

/** A stop that came while a call was running carries what the call had used. */
export class CutShort extends Stop {
  readonly spent: Usage;

  constructor(message: string, spent: Usage) {
    super("budget", message);
    this.spent = spent;
  }
}

const detailsOf = (stop: Stop): { readonly spent?: Usage; readonly limit?: ReachedLimit } => ({
  ...(stop instanceof CutShort ? { spent: stop.spent } : {}),
  ...(stop instanceof Exhausted ? { limit: stop.limit } : {}),
});

const codeOf = (code: string): `AIDE_${string}` => (isCode(code) ? code : "AIDE_BACKEND_FAILED");

const isCode = (code: string): code is `AIDE_${string}` => code.startsWith("AIDE_");

/** What the log holds at a place, and what is asked for there now. */
export interface Divergence {
  readonly place: string;
  readonly logged: EffectDetails | undefined;
  readonly now: EffectDetails | undefined;
}

const diverged = (effect: Effect<unknown>, past: PastEffect): Stop =>
  new Stop("divergence", `At ${effect.place} the log holds another ${past.kind} than the one asked for now.`, {
    cause: { place: effect.place, logged: past.details, now: effect.details() } satisfies Divergence,
  });

const beyondLog = (effect: Effect<unknown>): Stop =>
  new Stop("divergence", `At ${effect.place} a ${effect.kind} is asked for that the log does not hold.`, {
    cause: { place: effect.place, logged: undefined, now: effect.details() } satisfies Divergence,
  });

/** What a divergence is about; `undefined` for any other error. */
export const divergenceOf = (error: unknown): Divergence | undefined =>
  isStop(error) && error.reason === "divergence" && isDivergence(error.cause) ? error.cause : undefined;

/** Whether an error only says that the log ends before it. */
export const isBeyondLog = (error: unknown): boolean => {
  const divergence = divergenceOf(error);
  return divergence !== undefined && divergence.logged === undefined;
};

const isDivergence = (cause: unknown): cause is Divergence =>
  typeof cause === "object" && cause !== null && "place" in cause && "logged" in cause && "now" in cause;
