import type { Node } from "oxc-parser";

export const isNode = (value: unknown): value is Node =>
  typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";

export const childrenOf = (node: Node): readonly Node[] => Object.values(node).flat().filter(isNode);
