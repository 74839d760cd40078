import type { Ask, Usage } from "@aide-ts/plugin";
import type { EffectKind, Event } from "./event.ts";

export type PastEffect = { readonly kind: EffectKind; readonly hash: string; readonly details: unknown } & (
  | { readonly end: "ended"; readonly value: unknown; readonly spent?: Usage }
  | {
      readonly end: "failed";
      readonly error: { readonly code: string; readonly message: string; readonly fix: string };
    }
  | { readonly end: "cut"; readonly reason: string; readonly spent?: Usage }
  | { readonly end: "open" }
);

/** The order in which the search was asked and told: followed again on resume. */
export type PastTurn =
  | { readonly kind: "asked"; readonly number: number; readonly ask: Ask }
  | { readonly kind: "told"; readonly number: number };

/** What a log says has already happened. */
export interface History {
  readonly effects: ReadonlyMap<string, PastEffect>;
  readonly turns: readonly PastTurn[];
  /** Running time so far, in milliseconds. */
  readonly elapsed: number;
  readonly setup: string | undefined;
}

export const historyOf = (events: readonly Event[]): History => {
  const effects = new Map<string, PastEffect>();
  const turns: PastTurn[] = [];
  let setup: string | undefined;
  for (const event of events) {
    switch (event.type) {
      case "run-opened":
        setup ??= event.setup;
        break;
      case "asked":
        turns.push({ kind: "asked", number: event.number, ask: event.ask });
        break;
      case "told":
        turns.push({ kind: "told", number: event.number });
        break;
      case "effect-started":
        effects.set(event.place, { kind: event.kind, hash: event.hash, details: event.details, end: "open" });
        break;
      case "effect-ended":
      case "effect-failed":
      case "effect-cut":
        close(effects, event);
        break;
      case "run-closed":
        break;
    }
  }
  return { effects, turns, elapsed: events.at(-1)?.at ?? 0, setup };
};

const close = (
  effects: Map<string, PastEffect>,
  event: Extract<Event, { type: "effect-ended" | "effect-failed" | "effect-cut" }>,
): void => {
  const started = effects.get(event.place);
  if (started === undefined) return;
  const { kind, hash, details } = started;
  const spent = "spent" in event && event.spent !== undefined ? { spent: event.spent } : {};
  switch (event.type) {
    case "effect-ended":
      effects.set(event.place, { kind, hash, details, end: "ended", value: event.value, ...spent });
      break;
    case "effect-failed":
      effects.set(event.place, { kind, hash, details, end: "failed", error: event.error });
      break;
    case "effect-cut":
      effects.set(event.place, { kind, hash, details, end: "cut", reason: event.reason, ...spent });
      break;
  }
};
