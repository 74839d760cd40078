import { defineConfig } from "vitest/config";
import { fuzzRuns } from "./tools/vitest/fuzz-runs.ts";
import { excluded } from "./tools/vitest/left-out.ts";

const conditions = ["@aide-ts/source"];
const tests = ["packages/*/test/**/*.test.ts", "tools/**/*.test.ts"];
const mocked = "packages/*/test/**/*.mocked.test.ts";

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  test: {
    globalSetup: ["tools/vitest/temporary-folder.ts", "tools/vitest/left-out.ts"],
    execArgv: ["--conditions=@aide-ts/source"],
    // Properties at full size take minutes.
    testTimeout: fuzzRuns(0) < 10_000 ? 30_000 : 3_600_000,
    // All cores: of two, one would be left idle.
    maxWorkers: "100%",
    // A worker of its own for each file takes a tenth of the time; only modules that are replaced must not be seen by others.
    projects: [
      { extends: true, test: { name: "shared", isolate: false, include: tests, exclude: [...excluded, mocked] } },
      { extends: true, test: { name: "mocked", isolate: true, include: [mocked], exclude: excluded } },
    ],
  },
});
