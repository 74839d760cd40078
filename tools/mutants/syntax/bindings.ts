import type { Node } from "oxc-parser";
import { childrenOf } from "./nodes.ts";

/** The identifiers that a pattern binds. */
const boundBy = (pattern: Node): readonly string[] => {
  switch (pattern.type) {
    case "Identifier":
      return [pattern.name];
    case "ObjectPattern":
      return pattern.properties.flatMap((one) => boundBy(one.type === "Property" ? one.value : one));
    case "ArrayPattern":
      return pattern.elements.flatMap((one) => (one === null ? [] : boundBy(one)));
    case "AssignmentPattern":
      return boundBy(pattern.left);
    case "RestElement":
      return boundBy(pattern.argument);
    default:
      return [];
  }
};

const boundAt = (node: Node): readonly string[] => {
  switch (node.type) {
    case "ArrowFunctionExpression":
    case "FunctionExpression":
    case "FunctionDeclaration":
      return [...(node.id === null ? [] : [node.id.name]), ...node.params.flatMap(boundBy)];
    case "VariableDeclarator":
      return boundBy(node.id);
    case "CatchClause":
      return node.param === null ? [] : boundBy(node.param);
    default:
      return [];
  }
};

/** Names of the parameters and variables that are declared in a node. */
export const bindingsIn = (node: Node): readonly string[] => [
  ...boundAt(node),
  ...childrenOf(node).flatMap(bindingsIn),
];
