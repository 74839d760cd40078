import type { Operation } from "./operation.ts";
import { within, type Syntax } from "./syntax/syntax.ts";
import { filled } from "./template.ts";

/** How a language writes what a mutation puts in. */
export interface Spelling {
  readonly yes: string;
  readonly no: string;
  /** A statement that does nothing. */
  readonly nothing: string;
}

/** A stretch of the source, and what takes its place. */
interface Edit {
  readonly start: number;
  readonly end: number;
  readonly by: string;
}

const instead = ({ start, end }: Syntax, by: string): Edit => ({ start, end, by });

/** One part stays of a place. */
const only = (part: Syntax | undefined, place: Syntax, text: string): Edit => {
  if (part === undefined) throw new Error("Nothing would be left of it.");
  const kept = text.slice(part.start, part.end);
  const isCompound = part.kinds.includes("operation") || part.kinds.includes("condition");
  return instead(place, isCompound ? `(${kept})` : kept);
};

/** With the comma behind it, or before it where it is the last. */
const outOfList = ({ start, end }: Syntax, text: string): Edit => {
  const after = /^\s*,\s*/.exec(text.slice(end))?.[0].length ?? 0;
  const before = after > 0 ? 0 : (/,\s*$/.exec(text.slice(0, start))?.[0].length ?? 0);
  return { start: start - before, end: end + after, by: "" };
};

/** What an operation is done to. */
export interface Site {
  readonly text: string;
  readonly spelling: Spelling;
  /** What the place lies in. */
  readonly declaration: Syntax;
  readonly place: Syntax;
}

type Of<K extends Operation["kind"]> = Extract<Operation, { readonly kind: K }>;

const dropped = ({ target }: Of<"drop">, { text, spelling, declaration, place }: Site): Edit => {
  switch (target.the) {
    case "statement":
    case "guard":
      return instead(place, spelling.nothing);
    case "property":
    case "element":
      return outOfList(place, text);
    case "call":
      return only(place.receiver ?? place.parts[0], place, text);
    case "operand": {
      const whole = [...within(declaration)].find(({ children }) => children.includes(place)) ?? place;
      const other = whole.parts.find(({ start }) => start !== place.start);
      return only(other, whole, text);
    }
  }
};

const decided = ({ target, holds }: Of<"decide">, { text, spelling, place }: Site): Edit => {
  const [first = place, then, otherwise] = place.parts;
  if (target.the === "condition" && place.name === "?:") return only(holds ? then : otherwise, place, text);
  const isHeld = target.the === "condition" || target.the === "guard" || target.the === "property";
  return instead(isHeld ? first : place, holds ? spelling.yes : spelling.no);
};

const editOf = (operation: Operation, site: Site): Edit => {
  switch (operation.kind) {
    case "drop":
      return dropped(operation, site);
    case "decide":
      return decided(operation, site);
    case "replace":
      return instead(site.place, filled(operation.by, site.text, site.place, site.declaration));
  }
};

/**
 * The text with the place changed.
 * @throws Error where the place lacks what the operation leaves or names.
 */
export const mutated = (operation: Operation, site: Site): string => {
  const { start, end, by } = editOf(operation, site);
  return site.text.slice(0, start) + by + site.text.slice(end);
};
