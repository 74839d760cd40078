import { importedBy } from "./imported.ts";
import { assignedIn, childrenOf, isNamed, leavesOf, withoutAttributes } from "./nodes.ts";
import { ClassScope, ComprehensionScope, FunctionScope, LoopScope, ModuleScope, type Scope } from "./scope.ts";
import type { SyntaxNode, Tree } from "./syntax.ts";

export interface Names {
  /** Bound where later code sees them. */
  readonly defines: ReadonlySet<string>;
  /** Read, and defined neither before nor by Python. */
  readonly needs: ReadonlySet<string>;
  /** Import statements by the names that they bind. */
  readonly imports: ReadonlyMap<string, string>;
  /** It imports `*`: any name may be defined. */
  readonly star: boolean;
}

/** Which names a script defines for others and which it needs of others, by Python's rules of scope. */
export const namesOf = (tree: Tree, code: string): Names => {
  const reader = new NameReader(code);
  reader.visit(tree.topNode, reader.module);
  const { module, imports, star } = reader;
  return { defines: module.bound, needs: module.missing(), imports, star };
};

class NameReader {
  readonly module = new ModuleScope();
  readonly imports = new Map<string, string>();
  star = false;
  readonly #code: string;
  readonly #annotationsAreRead: boolean;

  constructor(code: string) {
    this.#code = code;
    this.#annotationsAreRead = !/^from __future__ import .*\bannotations\b/m.test(code);
  }

  visit(node: SyntaxNode, scope: Scope): void {
    const children = childrenOf(node);
    switch (node.name) {
      case "VariableName":
        return scope.read(this.#text(node));
      case "TypeDef":
        return this.#annotationsAreRead ? this.#visitAll(children, scope) : undefined;
      case "ImportStatement":
        return this.#import(node, scope);
      case "AssignStatement":
        return this.#assign(children, scope);
      case "UpdateStatement":
        this.#visitAll(children, scope);
        return this.#bind(children.slice(0, 1), scope);
      case "NamedExpression":
        this.#visitAll(children.slice(1), scope);
        return this.#bind(children.slice(0, 1), scope);
      case "ForStatement":
        return this.#for(children, scope);
      case "WhileStatement":
        return this.#loop(children, scope);
      case "WithStatement":
      case "TryStatement":
        return this.#visitNaming(children, scope);
      case "CapturePattern":
      case "AsPattern":
      case "TypeDefinition":
      case "TypeParam":
        this.#visitAll(
          children.filter(({ name }) => name !== "VariableName"),
          scope,
        );
        return this.#bind(children.filter(isNamed("VariableName")), scope);
      case "KeywordPattern":
        return this.#visitAll(children.slice(1), scope);
      case "AttributePattern":
      case "Decorator":
        return this.#visitAll(withoutAttributes(children), scope);
      case "ScopeStatement":
        return this.#declare(children, scope);
      case "FunctionDefinition":
        this.#bind(children.filter(isNamed("VariableName")), scope);
        return this.#callable(
          children.filter(({ name }) => name !== "VariableName"),
          scope,
        );
      case "LambdaExpression":
        return this.#callable(children, scope);
      case "ClassDefinition":
        return this.#class(children, scope);
      case "ArgList":
        return this.#arguments(children, scope);
      default:
        if (children.some(isNamed("for"))) return this.#comprehension(children, scope);
        return this.#visitAll(children, scope);
    }
  }

  #visitAll(nodes: readonly SyntaxNode[], scope: Scope): void {
    for (const node of nodes) this.visit(node, scope);
  }

  #text({ from, to }: SyntaxNode): string {
    return this.#code.slice(from, to);
  }

  #bind(targets: readonly SyntaxNode[], scope: Scope): void {
    for (const leaf of targets.flatMap(leavesOf)) {
      if (leaf.name === "VariableName") scope.bind(this.#text(leaf));
      // An attribute or an element belongs to what another name holds.
      else this.visit(leaf, scope);
    }
  }

  #import(node: SyntaxNode, scope: Scope): void {
    const { names, star } = importedBy(node, this.#code);
    this.star ||= star;
    for (const name of names) {
      scope.bind(name);
      if (scope === this.module) this.imports.set(name, this.#text(node));
    }
  }

  #assign(children: readonly SyntaxNode[], scope: Scope): void {
    const last = children.findLastIndex(isNamed("AssignOp"));
    const isTarget = (child: SyntaxNode, at: number) => (last === -1 || at < last) && child.name !== "TypeDef";
    this.#visitAll(
      children.filter((child, at) => !isTarget(child, at)),
      scope,
    );
    this.#bind(children.filter(isTarget), scope);
  }

  #for(children: readonly SyntaxNode[], scope: Scope): void {
    const [start, end] = [children.findIndex(isNamed("for")), children.findIndex(isNamed("in"))];
    const body = children.findIndex(isNamed("Body"));
    this.#visitAll(children.slice(end, body), scope);
    this.#bind(children.slice(start, end), scope);
    this.#loop(children.slice(body), scope);
  }

  #loop(children: readonly SyntaxNode[], scope: Scope): void {
    for (const child of children)
      this.visit(child, child.name === "Body" ? new LoopScope(scope, assignedIn(child, this.#code)) : scope);
  }

  /** A name behind `as` is bound; behind the comma of Python 2's `except E, e` it would be too. */
  #visitNaming(children: readonly SyntaxNode[], scope: Scope): void {
    for (const [at, child] of children.entries()) {
      if (children[at - 1]?.name === "as") this.#bind([child], scope);
      else this.visit(child, scope);
    }
  }

  #declare(children: readonly SyntaxNode[], scope: Scope): void {
    if (!(scope instanceof FunctionScope) || children[0]?.name !== "global") return;
    for (const child of children.slice(1)) if (child.name === "VariableName") scope.declareGlobal(this.#text(child));
  }

  /** Defaults and annotations are read where the function is defined, its body when it runs. */
  #callable(children: readonly SyntaxNode[], scope: Scope): void {
    const inner = new FunctionScope(scope);
    let isBody = false;
    for (const child of children) {
      isBody ||= child.name === "Body" || child.name === ":";
      if (child.name === "ParamList") this.#parameters(childrenOf(child), scope, inner);
      else this.visit(child, isBody || child.name === "TypeParamList" ? inner : scope);
    }
    for (const name of inner.free()) scope.readLater(name);
  }

  #parameters(children: readonly SyntaxNode[], outer: Scope, inner: Scope): void {
    for (const [at, child] of children.entries()) {
      if (child.name === "VariableName" && children[at - 1]?.name !== "AssignOp") this.#bind([child], inner);
      else this.visit(child, outer);
    }
  }

  #class(children: readonly SyntaxNode[], scope: Scope): void {
    const inner = new ClassScope(scope);
    for (const child of children)
      if (child.name !== "VariableName") this.visit(child, child.name === "ArgList" ? scope : inner);
    this.#bind(children.filter(isNamed("VariableName")), scope);
  }

  /** `a` of `f(a=b)` names a parameter. */
  #arguments(children: readonly SyntaxNode[], scope: Scope): void {
    if (children.some(isNamed("for"))) return this.#comprehension(children, scope);
    for (const [at, child] of children.entries()) {
      const next = children[at + 1];
      if (child.name !== "VariableName" || next?.name !== "AssignOp") this.visit(child, scope);
      else if (this.#text(next) === ":=") this.#bind([child], scope);
    }
  }

  #comprehension(children: readonly SyntaxNode[], scope: Scope): void {
    const targets = new Set<string>();
    const others: SyntaxNode[] = [];
    let isTarget = false;
    for (const child of children) {
      if (child.name === "for" || child.name === "in") isTarget = child.name === "for";
      else if (!isTarget) others.push(child);
      else for (const leaf of leavesOf(child)) if (leaf.name === "VariableName") targets.add(this.#text(leaf));
    }
    // The first iterable is evaluated outside.
    const first = children[children.findIndex(isNamed("in")) + 1];
    if (first !== undefined) this.visit(first, scope);
    this.#visitAll(
      others.filter((child) => child !== first),
      new ComprehensionScope(scope, targets),
    );
  }
}
