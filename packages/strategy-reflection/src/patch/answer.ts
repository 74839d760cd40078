/** How an answer says what to change. */
export type Form = "blocks" | "diff" | "script";

/** What was let pass on the way to an edit. */
export type Tolerance =
  /** The answer's lines end otherwise than the original's, whose ends stay. */
  | "line-ends"
  /** Blanks at the ends of lines differ, and only one place fits without them. */
  | "trailing-blanks"
  /** Up to two outer context lines of a diff do not fit, as `patch` allows; the rest fits in one place only. */
  | "context-fuzz"
  /** The same block stood there twice. */
  | "repeated-block"
  /** The answer broke off after its last whole edit. */
  | "cut-off";

/** Why an answer is no edit. `block` counts blocks or diff hunks from 1; lines count from 1. */
export type Refusal =
  | { readonly why: "no-edit" }
  | { readonly why: "truncated"; readonly block: number }
  | { readonly why: "malformed"; readonly block: number; readonly detail: string }
  | { readonly why: "empty-search"; readonly block: number }
  | { readonly why: "not-found"; readonly block: number; readonly search: string }
  | {
      readonly why: "ambiguous";
      readonly block: number;
      readonly search: string;
      /** Where it fits. */
      readonly lines: readonly number[];
    }
  | { readonly why: "overlap"; readonly block: number; readonly other: number }
  /** A comment stands for lines that the original has, as `# ... rest unchanged`. */
  | { readonly why: "elided"; readonly line: string }
  /** A script of so few lines that it can only be a part of the original. */
  | { readonly why: "fragment"; readonly lines: number; readonly of: number };

export type ParsedAnswer =
  | { readonly kind: "edit"; readonly form: Form; readonly text: string; readonly tolerated: readonly Tolerance[] }
  | { readonly kind: "refused"; readonly form?: Form; readonly reason: Refusal };

/** One replacement that an answer asks for: lines without their ends. */
export interface Block {
  readonly search: readonly string[];
  readonly replace: readonly string[];
  /** Outer lines that a diff gives as context only. */
  readonly context: { readonly before: number; readonly after: number };
  /** The line end that it was written with, where it was seen. */
  readonly end: string;
}

export type ReadBlocks =
  | { readonly kind: "blocks"; readonly blocks: readonly Block[] }
  | { readonly kind: "refused"; readonly reason: Refusal }
  | { readonly kind: "none" };
