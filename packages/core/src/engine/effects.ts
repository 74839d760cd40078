import { AideError, Stop, type Usage } from "@aide-ts/plugin";
import type { EffectDetails, EffectKind } from "../events/event.ts";
import type { EventLog } from "../events/event-log.ts";
import type { History, PastEffect } from "../events/history.ts";

export interface Effect<T> {
  readonly place: string;
  readonly kind: EffectKind;
  /** Compared with the log's: another hash at the same place is a divergence. */
  readonly hash: string;
  readonly details: EffectDetails;
  /** Called with each past end, before it is answered: the ledger is rebuilt from it. `open` effects are billed and done again. */
  readonly recall?: (past: PastEffect) => void;
  /** Does it. `record` must be called with the value before it is used; it writes the log. */
  readonly perform: () => Promise<{ readonly value: T; readonly spent?: Usage }>;
}

/** Durable execution: an effect that the log holds is answered from it, any other is performed and logged. */
export class Effects {
  readonly #log: EventLog;
  readonly #past: History;
  readonly #elapsed: () => number;
  readonly #isOver: () => boolean;

  /** `isOver`: the process is shutting down, nothing more may be logged. */
  constructor(options: { log: EventLog; past: History; elapsed: () => number; isOver: () => boolean }) {
    this.#log = options.log;
    this.#past = options.past;
    this.#elapsed = options.elapsed;
    this.#isOver = options.isOver;
  }

  async run<T>(effect: Effect<T>): Promise<T> {
    const past = this.#past.effects.get(effect.place);
    if (past !== undefined) {
      if (past.hash !== effect.hash || past.kind !== effect.kind) throw diverged(effect, past);
      effect.recall?.(past);
      // The one cast of the log: the value was written by this same effect, with this same hash.
      if (past.end === "ended") return past.value as T;
      if (past.end === "failed")
        throw new AideError({ ...past.error, code: codeOf(past.error.code), fault: "backend" });
      if (past.end === "cut") throw new Stop("budget", past.reason);
    }
    this.#stopIfOver();
    this.#log.append({ type: "effect-started", at: this.#elapsed(), ...pick(effect) });
    try {
      const { value, spent } = await effect.perform();
      this.#stopIfOver();
      this.#log.append({
        type: "effect-ended",
        at: this.#elapsed(),
        place: effect.place,
        value,
        ...(spent === undefined ? {} : { spent }),
      });
      return value;
    } catch (error) {
      this.#stopIfOver();
      this.#close(effect.place, error);
      throw error;
    }
  }

  #close(place: string, error: unknown): void {
    const at = this.#elapsed();
    if (error instanceof Stop) {
      if (error.reason === "budget")
        this.#log.append({ type: "effect-cut", at, place, reason: error.message, ...spentOf(error) });
    } else if (AideError.is(error) && error.fault === "backend" && error.code !== "AIDE_BACKEND_UNREACHABLE") {
      this.#log.append({
        type: "effect-failed",
        at,
        place,
        error: { code: error.code, message: error.message, fix: error.fix },
      });
    }
  }

  #stopIfOver(): void {
    if (this.#isOver()) throw new Stop("user", "The run is being stopped.");
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

const spentOf = (stop: Stop): { spent?: Usage } => (stop instanceof CutShort ? { spent: stop.spent } : {});

const pick = ({ place, kind, hash, details }: Effect<unknown>) => ({ place, kind, hash, details });

const codeOf = (code: string): `AIDE_${string}` => (isCode(code) ? code : "AIDE_BACKEND_FAILED");

const isCode = (code: string): code is `AIDE_${string}` => code.startsWith("AIDE_");

const diverged = (effect: Effect<unknown>, past: PastEffect): Stop =>
  new Stop("divergence", `At ${effect.place} the log holds another ${past.kind} than the one asked for now.`, {
    cause: { place: effect.place, logged: past.details, now: effect.details },
  });
