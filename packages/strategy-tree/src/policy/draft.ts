import type { SolutionTree } from "../journal/solution-tree.ts";
import type { Step } from "./policy.ts";

export const draftOf = <S>({ root }: SolutionTree<S>): Step<S> => ({ kind: "step", operator: "draft", on: root });
