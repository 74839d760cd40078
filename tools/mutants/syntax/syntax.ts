/** What a place in a program can be, named alike for every language. One place may be several: an `if` is a statement, a guard and a condition. */
export type Kind =
  /** A function, class, member or constant. */
  | "declaration"
  /** Parts: the parameters. */
  | "function"
  | "statement"
  /** An `if`, with what it leads to. */
  | "guard"
  /** An `if`, loop or `?:`. Parts: the test and its branches. */
  | "condition"
  /** Two operands and an operator, which is its name. */
  | "operation"
  | "operand"
  /** Of a function or method, which is its name. Parts: the arguments. */
  | "call"
  /** Of an object, or an argument by keyword. Part: the value. */
  | "property"
  /** Of a list or a spread. */
  | "element"
  /** The value of a `return`, or of a function that is one expression. */
  | "returned"
  /** What a constant, variable or member is given. */
  | "assigned"
  | "literal";

/** A program as a tree that says no more than the operations on it need. */
export interface Syntax {
  readonly kinds: readonly Kind[];
  /** Offsets in the text, in UTF-16 code units. */
  readonly start: number;
  readonly end: number;
  /** The identifier, keyword, operator or literal that a place is known by. */
  readonly name?: string;
  /** The name is a parameter's or a local variable's, which may be renamed at will. */
  readonly isLocal?: boolean;
  /** In the order of the text. */
  readonly children: readonly Syntax[];
  /** What templates call `$1`, `$2` and so on. */
  readonly parts: readonly Syntax[];
  /** What a method is called on, `$0` in templates. */
  readonly receiver?: Syntax;
}

export function* within(syntax: Syntax): Generator<Syntax> {
  yield syntax;
  for (const child of syntax.children) yield* within(child);
}

/** Whether every name stands somewhere in the place, local variables not counted. */
export const mentions = (syntax: Syntax, names: readonly string[]): boolean => {
  const left = new Set(names);
  for (const { name, isLocal } of within(syntax)) if (name !== undefined && isLocal !== true) left.delete(name);
  return left.size === 0;
};

/** The declarations of a dotted path, as `Class.member`, `function` or `constant.property`. */
export const declarationsOf = (syntax: Syntax, path: readonly string[]): readonly Syntax[] => {
  const [first, ...rest] = path;
  if (first === undefined) return [syntax];
  return syntax.children.flatMap((child) => {
    const isNamed = child.kinds.some((kind) => kind === "declaration" || kind === "property");
    if (!isNamed) return declarationsOf(child, path);
    return child.name === first ? declarationsOf(child, rest) : [];
  });
};
