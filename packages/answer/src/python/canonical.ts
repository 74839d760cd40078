import { importedBy } from "./imported.ts";
import { childrenOf, isNamed, leavesOf } from "./nodes.ts";
import { syntaxOf, type SyntaxNode } from "./syntax.ts";

/**
 * A text that two scripts have in common where one is the other in all but its formatting, its comments and the names of its variables; `undefined` where
 * CPython would very likely refuse the script. A name that a string or a keyword argument could mean is kept, and so is what a class defines.
 */
export const canonicalProgram = (code: string): string | undefined => {
  const tree = syntaxOf(code);
  return tree === undefined ? undefined : new Canonical(code, tree.topNode).text();
};

class Canonical {
  readonly #code: string;
  readonly #script: SyntaxNode;
  readonly #free: ReadonlySet<string>;
  readonly #renamed = new Map<string, string>();

  constructor(code: string, script: SyntaxNode) {
    this.#code = code;
    this.#script = script;
    const names = new VariableNames(code);
    names.visit(script, false);
    this.#free = names.free();
  }

  text(): string {
    return this.#of(this.#script);
  }

  #of(node: SyntaxNode): string {
    switch (node.name) {
      case "Comment":
      case ";":
        return "";
      case "VariableName":
        return this.#name(this.#source(node));
      case "Number":
        return numberOf(this.#source(node));
      case "String":
        return stringOf(this.#source(node));
      case "FormatString":
        return this.#formatted(node);
      case "ParenthesizedExpression":
      case "StatementGroup":
        return this.#inner(node);
      default:
        return node.firstChild === null ? this.#source(node) : `${node.name}(${this.#inner(node)})`;
    }
  }

  #inner(node: SyntaxNode): string {
    const children = childrenOf(node).filter((child) => !isParenthesis(node, child));
    const parts = children.flatMap((child, at) => {
      if (child.name === "," && closing.has(children[at + 1]?.name ?? "") && node.name !== "TupleExpression") return [];
      const text = this.#of(child);
      return text === "" ? [] : [text];
    });
    return parts.join(" ");
  }

  /** What stands between the replaced parts has no node of its own. */
  #formatted(node: SyntaxNode): string {
    let [text, at] = ["", node.from];
    for (const child of childrenOf(node)) {
      text += `${this.#code.slice(at, child.from)}${this.#of(child)}`;
      at = child.to;
    }
    return `${text}${this.#code.slice(at, node.to)}`;
  }

  #source({ from, to }: SyntaxNode): string {
    return this.#code.slice(from, to);
  }

  #name(name: string): string {
    if (!this.#free.has(name)) return name;
    const known = this.#renamed.get(name) ?? `\u0000${this.#renamed.size}`;
    this.#renamed.set(name, known);
    return known;
  }
}

const closing: ReadonlySet<string> = new Set([")", "]", "}"]);

const isParenthesis = (node: SyntaxNode, child: SyntaxNode): boolean =>
  node.name === "ParenthesizedExpression" && (child.name === "(" || child.name === ")");

/** Floats by their value, whole numbers without their grouping: `1` and `1.0` are not the same. */
const numberOf = (text: string): string => {
  const plain = text.replaceAll("_", "").toLowerCase();
  return /^[\d.]+(?:e[-+]?\d+)?$/.test(plain) && /[.e]/.test(plain) ? `float ${Number(plain)}` : plain;
};

/** A string on one line and without escapes by its content, whichever its quotes. */
const stringOf = (text: string): string => {
  const [, quote = "", content = ""] = /^(['"])([^\\\n]*)\1$/.exec(text) ?? [];
  return quote === "" || content.includes('"') || content.includes("'") ? text : `"${content}"`;
};

/** Which names of a script are its own variables, so that others could stand in their place. */
class VariableNames {
  readonly #code: string;
  readonly #bound = new Set<string>();
  readonly #kept = new Set<string>();

  constructor(code: string) {
    this.#code = code;
  }

  free(): ReadonlySet<string> {
    return this.#bound.difference(this.#kept);
  }

  visit(node: SyntaxNode, inClass: boolean): void {
    const children = childrenOf(node);
    this.#note(node, children, inClass);
    for (const child of children) this.visit(child, inClass || node.name === "ClassDefinition");
  }

  #note(node: SyntaxNode, children: readonly SyntaxNode[], inClass: boolean): void {
    const own = inClass ? this.#kept : this.#bound;
    switch (node.name) {
      case "ImportStatement":
        return this.#import(node, children);
      case "AssignStatement":
        return this.#add(children.slice(0, children.findLastIndex(isNamed("AssignOp"))), own);
      case "UpdateStatement":
      case "NamedExpression":
        return this.#add(children.slice(0, 1), own);
      case "ForStatement":
        return this.#add(children.slice(0, children.findIndex(isNamed("in"))), own);
      case "WithStatement":
      case "TryStatement":
        return this.#add(following(children, "as"), own);
      case "FunctionDefinition":
        return this.#add(children.filter(isNamed("VariableName")), own);
      case "ClassDefinition":
        return this.#add(children.filter(isNamed("VariableName")), this.#kept);
      case "ParamList":
        return this.#add(
          children.filter((child, at) => child.name === "VariableName" && children[at - 1]?.name !== "AssignOp"),
          own,
        );
      case "ArgList":
        return this.#add(
          children.filter((_, at) => children[at + 1]?.name === "AssignOp"),
          this.#kept,
        );
      case "String":
      case "FormatString":
      case "ScopeStatement":
        return this.#keepWords(node);
      default:
        if (node.name.endsWith("ComprehensionExpression") || children.some(isNamed("for")))
          this.#add(between(children, "for", "in"), own);
    }
  }

  #import(node: SyntaxNode, children: readonly SyntaxNode[]): void {
    const aliases = new Set(following(children, "as").map(({ from, to }) => this.#code.slice(from, to)));
    for (const name of importedBy(node, this.#code).names) (aliases.has(name) ? this.#bound : this.#kept).add(name);
    // What is imported is called so elsewhere.
    for (const child of children)
      if (child.name === "VariableName") {
        const name = this.#code.slice(child.from, child.to);
        if (!aliases.has(name)) this.#kept.add(name);
      }
  }

  /** A query, a format or a look into `globals()` may mean a variable by a word of a string. */
  #keepWords({ from, to, name }: SyntaxNode): void {
    const text =
      name === "FormatString" ? this.#code.slice(from, to).replaceAll(/\{[^{}]*\}/g, " ") : this.#code.slice(from, to);
    for (const [word] of text.matchAll(/[\p{L}_][\p{L}\p{N}_]*/gu)) this.#kept.add(word);
  }

  #add(targets: readonly SyntaxNode[], names: Set<string>): void {
    for (const leaf of targets.flatMap(leavesOf))
      if (leaf.name === "VariableName") names.add(this.#code.slice(leaf.from, leaf.to));
  }
}

const following = (children: readonly SyntaxNode[], word: string): readonly SyntaxNode[] =>
  children.filter((_, at) => children[at - 1]?.name === word);

const between = (children: readonly SyntaxNode[], first: string, last: string): readonly SyntaxNode[] => {
  let open = false;
  return children.filter(({ name }) => {
    if (name === first) open = true;
    else if (name === last) open = false;
    return open && name !== first;
  });
};
