import type { Ask, Usage } from "@aide-ts/plugin";
import type { EffectDetails, EffectKind, Event, LoggedOutcome, ReachedLimit } from "./event.ts";

export type PastEffect = { readonly kind: EffectKind; readonly hash: string; readonly details: EffectDetails } & (
  | { readonly end: "ended"; readonly value: unknown }
  | {
      readonly end: "failed";
      readonly error: { readonly code: string; readonly message: string; readonly fix: string };
    }
  | { readonly end: "cut"; readonly reason: string }
  | { readonly end: "open" }
);

/** The order in which the search was asked and told, and hints came: followed again on resume. */
export type ScheduleEntry =
  | { readonly kind: "hinted"; readonly hints: readonly string[] }
  | { readonly kind: "asked"; readonly number: number; readonly ask: Ask }
  | { readonly kind: "told"; readonly number: number; readonly outcome: LoggedOutcome };

/** What something in the log has used. A call without usage was sent, and its process killed before it ended. */
export type Bill =
  | { readonly kind: "call"; readonly role: string; readonly phase: string; readonly usage: Usage }
  | {
      readonly kind: "lost-call";
      readonly role: string;
      readonly phase: string;
      readonly prompt: number;
      readonly granted: number;
    }
  | { readonly kind: "execution"; readonly seconds: number };

/** What a log says has already happened. */
export interface History {
  readonly effects: ReadonlyMap<string, PastEffect>;
  readonly schedule: readonly ScheduleEntry[];
  readonly bills: readonly Bill[];
  readonly limits: readonly ReachedLimit[];
  /** Running time so far, in milliseconds. */
  readonly elapsed: number;
  /** The setup under which the run was last opened. */
  readonly setup: string | undefined;
}

export const historyOf = (events: readonly Event[]): History => {
  const effects = new Map<string, PastEffect>();
  const schedule: ScheduleEntry[] = [];
  const bills: Bill[] = [];
  const limits: ReachedLimit[] = [];
  let setup: string | undefined;
  for (const event of events) {
    switch (event.type) {
      case "run-opened":
        ({ setup } = event);
        break;
      case "hinted":
        schedule.push({ kind: "hinted", hints: event.hints });
        break;
      case "asked":
        schedule.push({ kind: "asked", number: event.number, ask: event.ask });
        break;
      case "told":
        schedule.push({ kind: "told", number: event.number, outcome: event.outcome });
        break;
      case "effect-started": {
        const { place, kind, hash, details } = event;
        bills.push(...lostBill(effects.get(place)));
        effects.set(place, { kind, hash, details, end: "open" });
        break;
      }
      case "effect-ended":
      case "effect-failed":
      case "effect-cut": {
        const started = effects.get(event.place);
        if (started === undefined) break;
        bills.push(...billOf(started, event));
        if (event.type === "effect-cut" && event.limit !== undefined) limits.push(event.limit);
        effects.set(event.place, { ...started, ...endOf(event) });
        break;
      }
      case "discarded":
        for (const [place, effect] of effects) {
          if (!event.proposals.includes(Number.parseInt(place, 10))) continue;
          bills.push(...lostBill(effect));
          effects.delete(place);
        }
        break;
      case "run-closed":
        break;
    }
  }
  for (const effect of effects.values()) bills.push(...lostBill(effect));
  return { effects, schedule, bills, limits, elapsed: events.at(-1)?.at ?? 0, setup };
};

type EndEvent = Extract<Event, { type: "effect-ended" | "effect-failed" | "effect-cut" }>;

const endOf = (event: EndEvent) => {
  switch (event.type) {
    case "effect-ended":
      return { end: "ended", value: event.value } as const;
    case "effect-failed":
      return { end: "failed", error: event.error } as const;
    case "effect-cut":
      return { end: "cut", reason: event.reason } as const;
  }
};

const billOf = ({ kind, details }: PastEffect, event: EndEvent): readonly Bill[] => {
  if (kind === "generate" && event.spent !== undefined)
    return [{ kind: "call", ...purposeOf(details), usage: event.spent }];
  if (kind === "execute" && event.type === "effect-ended")
    return [{ kind: "execution", seconds: secondsOf(event.value) }];
  return [];
};

const purposeOf = (details: EffectDetails) => ({
  role: String(details["role"]),
  phase: String(details["phase"] ?? ""),
});

const lostBill = (effect: PastEffect | undefined): readonly Bill[] =>
  effect?.kind === "generate" && effect.end === "open"
    ? [
        {
          kind: "lost-call",
          ...purposeOf(effect.details),
          prompt: Number(effect.details["prompt"] ?? 0),
          granted: Number(effect.details["granted"] ?? 0),
        },
      ]
    : [];

const secondsOf = (value: unknown): number =>
  typeof value === "object" && value !== null && "seconds" in value && typeof value.seconds === "number"
    ? value.seconds
    : 0;
