import type { Fault } from "@aide-ts/plugin";
import type { Node, ObjectExpression } from "oxc-parser";
import { folded } from "./folded.ts";
import type { KnownError } from "./known-error.ts";
import { Names, type Callable } from "./names.ts";
import { printedErrors } from "./printed.ts";
import { readSources, whereIs, type Place, type Source } from "./source.ts";
import { placeholder, textsOf, type Reading, type Text } from "./texts.ts";
import { codePattern, unexplained } from "./unexplained.ts";

interface Parts {
  readonly code: Place;
  readonly message: Place;
  readonly fix: Place;
  readonly fault: Place;
}

const partsOf = (node: ObjectExpression, source: Source): Parts | undefined => {
  const values = new Map<string, Place>();
  for (const property of node.properties)
    if (property.type === "Property" && !property.computed && property.key.type === "Identifier")
      values.set(property.key.name, { node: property.value, source });
  const [code, message, fix, fault] = ["code", "message", "fix", "fault"].map((name) => values.get(name));
  return code && message && fix && fault && { code, message, fix, fault };
};

const isFault = (text: string): text is Fault => ["user", "plugin", "backend", "internal"].includes(text);

const distinct = (texts: readonly Text[]): readonly string[] => [...new Set(texts.map(({ text }) => text))];

/** The errors that one reading of the parts gives, and the literals that its codes were read from. */
const errorsIn = (parts: Parts, reading: Reading, literals: Set<Node>): readonly KnownError[] => {
  const faults = distinct(textsOf(parts.fault, reading));
  const [fault = ""] = faults;
  const codes = textsOf(parts.code, reading);
  // A description of what errors look like, as a schema's, names neither.
  if (!faults.some(isFault) && !codes.some(({ text }) => codePattern.test(text))) return [];
  const lacking = (what: string) => new Error(`${whereIs(parts.code)}: the error's ${what} cannot be read.`);
  if (faults.length > 1 || !isFault(fault)) throw lacking("fault");
  return codes.flatMap(({ text: code, literal, given }) => {
    if (literal === undefined || !codePattern.test(code)) throw lacking("code");
    literals.add(literal);
    return textsOf(parts.message, { ...reading, given }).map((message) => {
      const fixes = distinct(textsOf(parts.fix, { ...reading, given: message.given }));
      if (message.text === "") throw lacking("message");
      if (fixes.length === 0 || fixes.some((fix) => fix === "" || fix === placeholder)) throw lacking("fix");
      return { code, fault, package: parts.code.source.package, messages: [message.text], fixes };
    });
  });
};

/** Where parts are arguments of the function around them, each call of it makes an error of its own. */
const errorsOfCalls = (parts: Parts, reading: Reading, literals: Set<Node>): readonly KnownError[] => {
  const wanted = new Set<Callable>();
  const onArgument = (of: Callable) => {
    if (reading.names.callsOf(of).length > 0) wanted.add(of);
  };
  for (const part of [parts.code, parts.message, parts.fix, parts.fault]) textsOf(part, { ...reading, onArgument });
  const [outer] = wanted;
  if (outer === undefined) return errorsIn(parts, reading, literals);
  return reading.names
    .callsOf(outer)
    .flatMap((call) =>
      errorsOfCalls(parts, { ...reading, entered: new Map(reading.entered).set(outer, call) }, literals),
    );
};

/**
 * Every error that the packages below the root can make, by code and package.
 * @throws Error for a code in the sources that cannot be given a message, a fix and a fault.
 */
export const collectErrors = (root: string): readonly KnownError[] => {
  const sources = readSources(root);
  const names = new Names(sources);
  const literals = new Set<Node>();
  const errors = sources.flatMap((source) => [
    ...printedErrors(source, literals),
    ...source.nodes.flatMap((node) => {
      const parts = node.type === "ObjectExpression" ? partsOf(node, source) : undefined;
      return parts === undefined ? [] : errorsOfCalls(parts, { names, entered: new Map(), given: new Map() }, literals);
    }),
  ]);
  const left = unexplained(sources, literals, new Set(errors.map(({ code }) => code)));
  if (left.length > 0)
    throw new Error(
      `No message, fix and fault could be read for these codes (a name that is no code goes into a constant):\n${left.join("\n")}`,
    );
  return folded(
    errors.toSorted((a, b) => a.code.localeCompare(b.code, "en") || a.package.localeCompare(b.package, "en")),
  );
};
