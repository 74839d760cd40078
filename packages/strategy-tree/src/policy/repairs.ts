import type { Outcome } from "@aide-ts/plugin";
import type { TreeNode } from "../journal/solution-tree.ts";
import type { Step } from "./policy.ts";

interface Repair<S> {
  readonly on: TreeNode<S>;
  /** Tries on this failure so far. */
  readonly tries: number;
}

/** Failed solutions that are repaired at once: so many tries in a row, each on the newest script that the tries before it left. */
export class Repairs<S> {
  readonly #most: number;
  readonly #waiting: Repair<S>[] = [];
  readonly #open = new Map<number, Repair<S>>();

  constructor(most: number) {
    this.#most = most;
  }

  /** The next repair; `undefined` while nothing waits for one. */
  take(number: number): Step<S> | undefined {
    const next = this.#waiting.shift();
    if (next === undefined) return undefined;
    this.#open.set(number, next);
    return { kind: "step", operator: "debug", on: next.on };
  }

  /** A try that left no script is repeated on what it was to repair. */
  learn({ number }: Outcome, node: TreeNode<S> | undefined): void {
    const before = this.#open.get(number);
    this.#open.delete(number);
    const left = node !== undefined && (node.valid || node.code !== "");
    const on = left ? node : before?.on;
    const tries = before === undefined ? 0 : before.tries + 1;
    if (on === undefined || on.valid || tries >= this.#most) return;
    this.#waiting.push({ on, tries });
  }
}
