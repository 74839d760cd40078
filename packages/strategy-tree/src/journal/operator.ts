import { z } from "zod";
import type { TreeNode } from "./solution-tree.ts";

export const maxDebugDepthOption = z
  .number()
  .int()
  .min(0)
  .default(3)
  .describe("Debug steps in a row before a failed solution is given up.");

/** Whether there is a script to repair and it was not given up. AIDE's rule: a solution may be debugged up to and with this depth. */
export const isRepairable = <S>(node: TreeNode<S>, maxDebugDepth: number): boolean =>
  !node.valid && node.code !== "" && node.debugDepth <= maxDebugDepth;

/** What may be done with a node: a draft under the root, else an improvement or a repair; nothing with a failure that was given up. */
export const operatorOn = <S>(node: TreeNode<S>, maxDebugDepth: number): "draft" | "improve" | "debug" | undefined => {
  if (node.parent === undefined) return "draft";
  if (node.valid) return "improve";
  return isRepairable(node, maxDebugDepth) ? "debug" : undefined;
};
