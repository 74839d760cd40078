import type { Ask, Json, Usage } from "@aide-ts/plugin";

export type EffectKind = "generate" | "execute" | "read" | "evaluate" | "remaining";

/** What was asked of an effect, beside the hash it is compared by: for people, and for the diff of a divergence. */
export type EffectDetails = { readonly [key: string]: Json };

/** A limit that has refused a call, and what was under way then: all that could be spent beyond it. */
export interface ReachedLimit {
  readonly name: string;
  readonly amount: number;
  readonly inFlight: { readonly calls: number; readonly tokens: number };
}

/**
 * One line of `events.jsonl`. `at` counts milliseconds of running time since the run first began, over all its resumptions.
 *
 * An effect is named by its place: proposal, branch path, number within the branch. It starts once in each process that reaches it and has
 * at most one end: `effect-ended` with its value, `effect-failed`, or `effect-cut` where a budget forbade it.
 */
export type Event =
  | { readonly type: "run-opened"; readonly at: number; readonly setup: string; readonly details: EffectDetails }
  /** The user's hints from here on, all of them: later proposals carry them as guidance. */
  | { readonly type: "hinted"; readonly at: number; readonly hints: readonly string[] }
  /** What was logged of these proposals' work is void: another version works on them again. It stays billed. */
  | { readonly type: "discarded"; readonly at: number; readonly proposals: readonly number[] }
  | { readonly type: "asked"; readonly at: number; readonly number: number; readonly seen: number; readonly ask: Ask }
  | {
      readonly type: "effect-started";
      readonly at: number;
      readonly place: string;
      readonly kind: EffectKind;
      readonly hash: string;
      readonly details: EffectDetails;
    }
  | {
      readonly type: "effect-ended";
      readonly at: number;
      readonly place: string;
      readonly value: unknown;
      readonly spent?: Usage;
    }
  | {
      readonly type: "effect-failed";
      readonly at: number;
      readonly place: string;
      readonly error: { readonly code: string; readonly message: string; readonly fix: string };
      readonly spent?: Usage;
    }
  | {
      readonly type: "effect-cut";
      readonly at: number;
      readonly place: string;
      readonly reason: string;
      readonly limit?: ReachedLimit;
      readonly spent?: Usage;
    }
  | { readonly type: "told"; readonly at: number; readonly number: number; readonly outcome: LoggedOutcome }
  | { readonly type: "run-closed"; readonly at: number; readonly reason: string };

/** An outcome as the log holds it; its executions and evaluations lie in the `evaluate` effects, under the code's hash. */
export interface LoggedOutcome {
  readonly chosen?: string;
  readonly cut?: string;
  readonly failure?: string;
  readonly solutions: readonly {
    readonly id: string;
    readonly parents: readonly string[];
    readonly code: string;
    readonly plan: string;
    readonly defect?: string;
    /** What an answer without code held instead. */
    readonly seen?: string;
  }[];
  readonly notes: Json;
}
