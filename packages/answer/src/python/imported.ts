import { childrenOf, isNamed, withoutAttributes } from "./nodes.ts";
import type { SyntaxNode } from "./syntax.ts";

/** Names that an import statement binds: `d` of `import a.b as d`, `a` of `import a.b`; `star` where it imports all there is. */
export const importedBy = (
  statement: SyntaxNode,
  code: string,
): { readonly names: readonly string[]; readonly star: boolean } => {
  const children = childrenOf(statement);
  const after = children.slice(children.findIndex(isNamed("import")) + 1);
  const nodes = withoutAttributes(after);
  // `as` follows the whole dotted name, of which the first part is left.
  const bound = nodes.filter((node, at) => node.name === "VariableName" && nextButDots(nodes, at) !== "as");
  return { names: bound.map(({ from, to }) => code.slice(from, to)), star: after.some(isNamed("*")) };
};

const nextButDots = (nodes: readonly SyntaxNode[], at: number): string | undefined =>
  nodes.slice(at + 1).find(({ name }) => name !== ".")?.name;
