import type { CallExpression, Node } from "oxc-parser";
import { isCallable, type Callable, type Names } from "./names.ts";
import { ancestorsOf, childrenOf, type Place } from "./source.ts";

/** Stands for what only a run knows. */
export const placeholder = "…";

/** One text that an expression may become. */
export interface Text {
  readonly text: string;
  /** The literal that it was read from. */
  readonly literal?: Node;
  /** Which conditions make it this one: two texts that need the opposite never meet. */
  readonly given: ReadonlyMap<string, boolean>;
}

export interface Reading {
  readonly names: Names;
  /** The call by which each function was entered. */
  readonly entered: ReadonlyMap<Callable, Place<CallExpression>>;
  readonly given: ReadonlyMap<string, boolean>;
  /** Called with a function whose arguments would be needed to read on. */
  readonly onArgument?: (of: Callable) => void;
}

/** Conditions read the same in one function mean the same. */
const conditionOf = (place: Place): string => {
  const around = [...ancestorsOf(place)].find(isCallable);
  return `${place.source.path}:${around?.start ?? 0}:${place.source.text.slice(place.node.start, place.node.end)}`;
};

const results = (node: Node): readonly Node[] => {
  if (node.type === "ReturnStatement") return node.argument === null ? [] : [node.argument];
  return isCallable(node) ? [] : childrenOf(node).flatMap(results);
};

const resultsOf = (called: Callable): readonly Node[] => {
  if (called.body === null) return [];
  return called.body.type === "BlockStatement" ? results(called.body) : [called.body];
};

const fill = (parts: readonly string[]): string => parts.join(placeholder).replaceAll(/…{2,}/g, placeholder);

/** Every text that the expression may become, with `…` for what is not written in the sources. */
export const textsOf = (place: Place, reading: Reading): readonly Text[] => {
  const { node, source } = place;
  const { names, given, entered } = reading;
  const unreadable: readonly Text[] = [{ text: placeholder, given }];
  const read = (next: Node, changed: Partial<Reading> = {}) =>
    textsOf({ node: next, source }, { ...reading, ...changed });
  switch (node.type) {
    case "Literal":
      return typeof node.value === "string" ? [{ text: node.value, literal: node, given }] : unreadable;
    case "TemplateLiteral":
      return [{ text: fill(node.quasis.map(({ value }) => value.cooked ?? value.raw)), literal: node, given }];
    case "TSAsExpression":
    case "TSSatisfiesExpression":
      return read(node.expression);
    case "ConditionalExpression": {
      const condition = conditionOf({ node: node.test, source });
      const side = (holds: boolean) =>
        given.get(condition) === !holds
          ? []
          : read(holds ? node.consequent : node.alternate, { given: new Map(given).set(condition, holds) });
      return [...side(true), ...side(false)];
    }
    case "BinaryExpression":
      if (node.operator !== "+") return unreadable;
      return read(node.left).flatMap((left) =>
        read(node.right, { given: left.given }).map((right) => ({ ...right, text: fill([left.text + right.text]) })),
      );
    case "Identifier": {
      const meaning = names.meaningOf(node.name, place);
      if (meaning.kind === "unknown") return unreadable;
      if (meaning.kind === "value")
        return meaning.place.node.type === "Identifier" ? unreadable : textsOf(meaning.place, reading);
      const call = entered.get(meaning.of);
      const argument = call?.node.arguments[meaning.index];
      if (call !== undefined && argument !== undefined)
        return textsOf({ node: argument, source: call.source }, reading);
      if (call === undefined) reading.onArgument?.(meaning.of);
      return unreadable;
    }
    case "CallExpression": {
      const called = names.calledBy({ node, source });
      if (called === undefined || entered.has(called.node)) return unreadable;
      const inside = { ...reading, entered: new Map(entered).set(called.node, { node, source }) };
      const found = resultsOf(called.node).flatMap((result) =>
        textsOf({ node: result, source: called.source }, inside),
      );
      return found.length === 0 ? unreadable : found;
    }
    default:
      return unreadable;
  }
};
