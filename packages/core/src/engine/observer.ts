import type { Call, CallProgress, Execution, Generation, Outcome, Proposal } from "@aide-ts/plugin";

/** What a person who watches may be shown. Nothing here is part of a result. */
export type ProgressEvent =
  | { readonly kind: "asked"; readonly number: number; readonly proposal: Proposal }
  | { readonly kind: "call-started"; readonly place: string; readonly call: Call }
  | { readonly kind: "call-progress"; readonly place: string; readonly progress: CallProgress }
  | { readonly kind: "call-ended"; readonly place: string; readonly call: Call; readonly generation: Generation }
  | {
      readonly kind: "call-retried";
      readonly place: string;
      readonly attempt: number;
      readonly waitMs: number;
      readonly error: string;
    }
  | { readonly kind: "execution-started"; readonly place: string }
  | { readonly kind: "execution-ended"; readonly place: string; readonly execution: Execution }
  | { readonly kind: "told"; readonly outcome: Outcome; readonly replayed: boolean; readonly error?: unknown };

export type Observer = (event: ProgressEvent) => void;
