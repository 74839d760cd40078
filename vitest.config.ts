import { defineConfig } from "vitest/config";
import { fuzzRuns } from "./tools/vitest/fuzz-runs.ts";
import { excluded } from "./tools/vitest/left-out.ts";

const conditions = ["@aide-ts/source"];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  test: {
    globalSetup: ["tools/vitest/temporary-folder.ts", "tools/vitest/left-out.ts"],
    include: ["packages/*/test/**/*.test.ts", "tools/**/*.test.ts"],
    exclude: excluded,
    execArgv: ["--conditions=@aide-ts/source"],
    // Properties at full size take minutes.
    testTimeout: fuzzRuns(0) < 10_000 ? 30_000 : 3_600_000,
    // All cores: of two, one would be left idle.
    maxWorkers: "100%",
  },
});
