import type { Operation } from "./operation.ts";

/** Something that keeps harm away, how to take it down, and the tests that must notice. */
export interface Defence {
  /** What it keeps from happening. */
  readonly name: string;
  /** The folder's name below `packages`. */
  readonly package: string;
  /** What holds it, wherever in the package that lies: `function`, `Class.member`, `Class.#private` or `constant.property`. */
  readonly symbol: string;
  readonly takenDownBy: Operation;
  /** Below the root. */
  readonly tests: readonly string[];
  /** Without it the tests hang: seconds after which that counts as noticed. */
  readonly hangs?: number;
}
