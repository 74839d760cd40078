export interface TreeNode {
  readonly id: string;
  readonly parent: string | undefined;
}

export interface Placed extends TreeNode {
  /** Columns from the left, in steps of one; halves where a parent stands between its children. */
  readonly x: number;
  /** Generations from the root. */
  readonly y: number;
}

/** Places a forest: leaves side by side in order, a parent over the middle of its children. A node whose parent is not there is a root. */
export const layoutTree = (nodes: readonly TreeNode[]): readonly Placed[] => {
  const known = new Set(nodes.map(({ id }) => id));
  const children = Map.groupBy(nodes, ({ parent }) => (parent !== undefined && known.has(parent) ? parent : ""));
  const placed: Placed[] = [];
  let nextLeaf = 0;
  const stack = (children.get("") ?? []).map((node) => ({ node, y: 0, opened: false })).reverse();
  const xs = new Map<string, number>();
  while (stack.length > 0) {
    const top = stack.at(-1);
    if (top === undefined) break;
    const own = children.get(top.node.id) ?? [];
    if (!top.opened && own.length > 0) {
      top.opened = true;
      stack.push(...own.map((node) => ({ node, y: top.y + 1, opened: false })).reverse());
      continue;
    }
    stack.pop();
    const [first, last] = [own[0], own.at(-1)].map((child) => (child === undefined ? undefined : xs.get(child.id)));
    const x = first === undefined || last === undefined ? nextLeaf++ : (first + last) / 2;
    xs.set(top.node.id, x);
    placed.push({ ...top.node, x, y: top.y });
  }
  return placed;
};
