import { isBetter, type Outcome, type Solution, type Task } from "@aide-ts/plugin";

/** The chosen solutions of a journal, with what searches ask of them worked out anew each time, by definition. */
export class NaiveTree {
  readonly task: Task;
  readonly nodes: readonly Solution[];

  constructor(direction: Task["direction"], outcomes: readonly Outcome[]) {
    this.task = { goal: "", metric: "", direction };
    this.nodes = outcomes.flatMap(({ chosen }) => chosen ?? []);
  }

  node(id: string | undefined): Solution | undefined {
    return this.nodes.find((node) => node.id === id);
  }

  /** `undefined`: drafts. */
  children(parent: Solution | undefined): readonly Solution[] {
    return this.nodes.filter((node) => node.parents[0] === parent?.id);
  }

  below(top: Solution | undefined): readonly Solution[] {
    const children = this.children(top).flatMap((child) => this.below(child));
    return top === undefined ? children : [top, ...children];
  }

  debugDepth(node: Solution): number {
    const parent = this.node(node.parents[0]);
    return parent === undefined || parent.evaluation.valid ? 0 : 1 + this.debugDepth(parent);
  }

  isRepairable(node: Solution, maxDebugDepth: number): boolean {
    return !node.evaluation.valid && node.candidate.code !== "" && this.debugDepth(node) <= maxDebugDepth;
  }

  /** Best first, of equals the first. */
  ranked(nodes: readonly Solution[]): readonly Solution[] {
    return nodes.toSorted((a, b) => {
      if (isBetter(this.task, a, b)) return -1;
      return isBetter(this.task, b, a) ? 1 : this.nodes.indexOf(a) - this.nodes.indexOf(b);
    });
  }

  reward(node: Solution): number {
    if (!node.evaluation.valid) return 0;
    const values = this.nodes.flatMap(({ evaluation }) => (evaluation.valid ? [evaluation.score.value] : []));
    const [low, high] = [Math.min(...values), Math.max(...values)];
    if (low === high) return 1;
    const share = (node.evaluation.score.value - low) / (high - low);
    return this.task.direction === "maximize" ? share : 1 - share;
  }
}
