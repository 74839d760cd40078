import type { Kind } from "./syntax/syntax.ts";

/** A place inside a declaration: the innermost of its kind that mentions these names. There must be one. */
export interface Target<K extends Kind = Kind> {
  readonly the: K;
  /** What the place itself is called: a call's function, a property's key. */
  readonly named?: string;
  /** Members, functions, literals, operators and keywords in it. Never a local variable: those may be renamed at will. */
  readonly mentioning: readonly string[];
  /** It is looked for in this place alone. */
  readonly inside?: Target;
  /** Several such places are meant to be there, and this is the first of them. */
  readonly isFirst?: boolean;
}

type Droppable = "statement" | "guard" | "property" | "element" | "operand" | "call";
type Decidable = "condition" | "guard" | "property" | "operation" | "operand" | "call" | "returned" | "assigned";

/** What is done to a place. */
export type Operation =
  /** A statement, property or element goes; of two operands the other one stays, of a method call what it is called on, of another call its argument. */
  | { readonly kind: "drop"; readonly target: Target<Droppable> }
  /** A condition, property or value is always true, or never; of a `?:` the branch is left that is then taken. */
  | { readonly kind: "decide"; readonly target: Target<Decidable>; readonly holds: boolean }
  /**
   * `$1`, `$2` … are the parts of the place (arguments, operands, branches, elements), `$0` is what a method is called on, `$1.2` the second part of the first
   * one; `$parameter1` is the first parameter of the function.
   */
  | { readonly kind: "replace"; readonly target: Target; readonly by: string };

export const drop = (target: Target<Droppable>): Operation => ({ kind: "drop", target });
export const always = (target: Target<Decidable>): Operation => ({ kind: "decide", target, holds: true });
export const never = (target: Target<Decidable>): Operation => ({ kind: "decide", target, holds: false });
export const replace = (target: Target, by: string): Operation => ({ kind: "replace", target, by });

const anonymous =
  <K extends Kind>(the: K) =>
  (...mentioning: readonly string[]): Target<K> => ({ the, mentioning });

const named =
  <K extends Kind>(the: K) =>
  (named: string, ...mentioning: readonly string[]): Target<K> => ({ the, named, mentioning });

export const inside = <K extends Kind>(outer: Target, target: Target<K>): Target<K> => ({ ...target, inside: outer });
export const first = <K extends Kind>(target: Target<K>): Target<K> => ({ ...target, isFirst: true });

export const statement = anonymous("statement");
/** An `if` that mentions these names in its test or in what it leads to. */
export const guard = anonymous("guard");
export const condition = anonymous("condition");
export const operation = anonymous("operation");
export const operand = anonymous("operand");
export const element = anonymous("element");
export const returned = anonymous("returned");
export const assigned = anonymous("assigned");
export const call = named("call");
export const property = named("property");
export const literal = named("literal");
