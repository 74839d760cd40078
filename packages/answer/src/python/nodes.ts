import type { SyntaxNode } from "./syntax.ts";

export const childrenOf = (node: SyntaxNode): readonly SyntaxNode[] => {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) children.push(child);
  return children;
};

export const isNamed =
  (name: string) =>
  (node: SyntaxNode): boolean =>
    node.name === name;

/** What a target assigns to: names, attributes, elements. */
export const leavesOf = (target: SyntaxNode): readonly SyntaxNode[] =>
  nestedTargets.has(target.name) ? childrenOf(target).flatMap(leavesOf) : [target];

const nestedTargets: ReadonlySet<string> = new Set(["TupleExpression", "ArrayExpression", "ParenthesizedExpression"]);

/** Names that the statements inside a node assign to, whatever scope they are of. */
export const assignedIn = (node: SyntaxNode, code: string): ReadonlySet<string> => {
  const names = new Set<string>();
  node.cursor().iterate((ref) => {
    if (!assigning.has(ref.name)) return;
    const targets = childrenOf(ref.node);
    const end =
      ref.name === "ForStatement" ? targets.findIndex(isNamed("in")) : targets.findLastIndex(isNamed("AssignOp"));
    for (const leaf of targets.slice(0, end === -1 ? 1 : end).flatMap(leavesOf))
      if (leaf.name === "VariableName") names.add(code.slice(leaf.from, leaf.to));
  });
  return names;
};

const assigning: ReadonlySet<string> = new Set(["AssignStatement", "UpdateStatement", "ForStatement"]);

/** Without the `b` of `a.b`, where the grammar gives both as names. */
export const withoutAttributes = (nodes: readonly SyntaxNode[]): readonly SyntaxNode[] =>
  nodes.filter((_node, at) => nodes[at - 1]?.name !== ".");
