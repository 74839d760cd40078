import { posix } from "node:path";
import type { ArrowFunctionExpression, CallExpression, Function as PlainFunction, Node } from "oxc-parser";
import { ancestorsOf, type Place, type Source } from "./source.ts";

export type Callable = ArrowFunctionExpression | PlainFunction;

export const isCallable = (node: Node): node is Callable =>
  node.type === "ArrowFunctionExpression" || node.type === "FunctionDeclaration" || node.type === "FunctionExpression";

/** What a name stands for where it is written. */
export type Meaning =
  | { readonly kind: "argument"; readonly of: Callable; readonly index: number }
  | { readonly kind: "value"; readonly place: Place }
  | { readonly kind: "unknown" };

const unknown: Meaning = { kind: "unknown" };

const declared = (statements: readonly Node[], name: string): Node | undefined => {
  for (const statement of statements) {
    const own = statement.type === "ExportNamedDeclaration" ? statement.declaration : statement;
    if (own?.type === "FunctionDeclaration" && own.id?.name === name) return own;
    if (own?.type !== "VariableDeclaration") continue;
    for (const { id, init } of own.declarations) if (id.type === "Identifier" && id.name === name) return init ?? id;
  }
  return undefined;
};

/** Names and calls across files that import each other by path. */
export class Names {
  readonly #sources: ReadonlyMap<string, Source>;
  readonly #calls = new Map<Callable, Place<CallExpression>[]>();

  constructor(sources: readonly Source[]) {
    this.#sources = new Map(sources.map((source) => [source.path, source]));
    for (const source of sources)
      for (const node of source.nodes) {
        if (node.type !== "CallExpression") continue;
        const called = this.calledBy({ node, source });
        if (called === undefined) continue;
        const known = this.#calls.get(called.node);
        if (known === undefined) this.#calls.set(called.node, [{ node, source }]);
        else known.push({ node, source });
      }
  }

  meaningOf(name: string, place: Place): Meaning {
    for (const node of ancestorsOf(place)) {
      if (isCallable(node)) {
        const index = node.params.findIndex((param) => param.type === "Identifier" && param.name === name);
        if (index >= 0) return { kind: "argument", of: node, index };
      }
      if (node.type !== "BlockStatement" && node.type !== "Program") continue;
      const found = declared(node.body, name);
      if (found !== undefined) return { kind: "value", place: { node: found, source: place.source } };
    }
    return this.#imported(name, place.source);
  }

  /** Undefined for methods and for functions of other packages. */
  calledBy({ node, source }: Place<CallExpression>): Place<Callable> | undefined {
    if (node.callee.type !== "Identifier") return undefined;
    const meaning = this.meaningOf(node.callee.name, { node, source });
    if (meaning.kind !== "value" || !isCallable(meaning.place.node)) return undefined;
    return { node: meaning.place.node, source: meaning.place.source };
  }

  callsOf(called: Callable): readonly Place<CallExpression>[] {
    return this.#calls.get(called) ?? [];
  }

  #imported(name: string, source: Source): Meaning {
    for (const statement of source.program.body) {
      if (statement.type !== "ImportDeclaration" || !statement.source.value.startsWith(".")) continue;
      for (const specifier of statement.specifiers) {
        if (specifier.type !== "ImportSpecifier" || specifier.local.name !== name) continue;
        const from = this.#sources.get(posix.join(posix.dirname(source.path), statement.source.value));
        if (from === undefined || specifier.imported.type === "Literal") return unknown;
        const node = declared(from.program.body, specifier.imported.name);
        return node === undefined ? unknown : { kind: "value", place: { node, source: from } };
      }
    }
    return unknown;
  }
}
