/** The two functions of a test runner that a suite needs; vitest, jest and node:test all have them. */
export interface TestRunner {
  readonly describe: (name: string, define: () => void) => void;
  readonly it: (name: string, run: () => Promise<void>) => void;
}
