import type { TestRunner } from "../src/index.ts";

/** Runs a suite by hand and gives the names of the tests that failed. */
export const failing = async (define: (runner: TestRunner) => void): Promise<readonly string[]> => {
  const tests: { name: string; run: () => Promise<void> }[] = [];
  define({ describe: (_name, inner) => inner(), it: (name, run) => void tests.push({ name, run }) });
  const failed: string[] = [];
  for (const { name, run } of tests)
    await run().catch(() => {
      failed.push(name);
    });
  return failed;
};
