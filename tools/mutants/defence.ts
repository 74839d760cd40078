/** A line of defence, how to take it down, and the tests that must notice. */
export interface Defence {
  /** What it keeps from happening. */
  readonly name: string;
  readonly file: string;
  /** Stands once in the file. */
  readonly from: string;
  readonly to: string;
  readonly tests: readonly string[];
  /** Without it the tests hang: seconds after which that counts as noticed. */
  readonly hangs?: number;
}
